/**
 * A training run as bytes: a safetensors file with the current weights, the optimiser's moments and
 * the best epoch's weights. Read only by the version that wrote it; it is no model.
 */

import * as v from 'valibot';
import { HffError } from '../error.ts';
import { readSafetensors } from '../format/read-safetensors.ts';
import type { StoredTensor } from '../format/safetensors.ts';
import { writeSafetensors } from '../format/write-safetensors.ts';
import { momentNames } from '../hff/optimiser.ts';
import { trainingKindOf } from '../hff/training-layer-kinds.ts';
import { checkPlan } from './check-plan.ts';
import type { ChosenEpoch } from './choose-epoch.ts';
import type { TrainedWeights } from './trained-weights.ts';
import type { TrainingPlan } from './training-plan.ts';
import { networkInTraining } from './turned-classes.ts';

/** The one that the run would end with. */
export interface BestEpoch extends ChosenEpoch {
  readonly weights: TrainedWeights;
}

export interface Checkpoint {
  readonly plan: TrainingPlan;
  /** Fingerprint of the data set. */
  readonly samples: string;
  readonly epochsDone: number;
  readonly weights: TrainedWeights;
  /** The optimiser's state by name. */
  readonly moments: TrainedWeights;
  readonly best: BestEpoch | null;
}

const formatName = 'hff-edge-checkpoint-2';
const momentPrefixes = momentNames('');

export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { plan, samples, epochsDone, weights, moments, best } = checkpoint;
  const tensors = new Map<string, StoredTensor>();
  const add = (prefix: string, group: TrainedWeights): void => {
    for (const [name, values] of group) {
      tensors.set(prefix + name, { shape: [values.length], values });
    }
  };
  add('', weights);
  add('', moments);
  if (best) add('best.', best.weights);
  const state = {
    plan,
    samples,
    epochsDone,
    best: best && { epoch: best.epoch, highest: best.highest },
  };
  const metadata = new Map([
    ['format', formatName],
    ['state', JSON.stringify(state)],
  ]);
  return writeSafetensors({ metadata, tensors });
}

/** The plan of the run that a checkpoint belongs to. */
export function checkpointPlan(bytes: Uint8Array): TrainingPlan {
  return readCheckpoint(bytes).plan;
}

/** @throws HffError `snapshot/malformed` when the bytes are not this version's checkpoint */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const { metadata, tensors } = readSafetensors(bytes);
  if (metadata.get('format') !== formatName) {
    throw new HffError(
      'snapshot/malformed',
      `metadata.format: expected ${formatName}, got ${metadata.get('format')?.slice(0, 40)}. Start the training anew.`,
    );
  }
  const { plan, samples, epochsDone, best } = parseState(metadata.get('state'));
  const shapes = networkInTraining(plan).layers.flatMap((layer, index) =>
    [...trainingKindOf(layer).shapes(layer)].map(
      ([key, shape]) => [`layers.${index}.${key}`, shape] as const,
    ),
  );
  const group = (prefix: string, kept: string): [string, Float32Array][] =>
    shapes.map(([name, shape]) => {
      const values = tensors.get(prefix + name)?.values;
      const length = shape.reduce((product, n) => product * n, 1);
      if (values instanceof Float32Array && values.length === length) return [kept + name, values];
      throw new HffError(
        'snapshot/inconsistent',
        `checkpoint, ${prefix + name}: expected ${length} numbers, got ${values?.length ?? 'none'}. Start the training anew.`,
      );
    });
  return {
    plan,
    samples,
    epochsDone,
    weights: new Map(group('', '')),
    moments: new Map(momentPrefixes.flatMap((prefix) => group(prefix, prefix))),
    best: best && { ...best, weights: new Map(group('best.', '')) },
  };
}

const stateSchema = v.object({
  plan: v.unknown(),
  samples: v.string(),
  epochsDone: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  best: v.nullable(v.object({ epoch: v.number(), highest: v.number() })),
});

function parseState(json = ''): v.InferOutput<typeof stateSchema> & { plan: TrainingPlan } {
  try {
    const state = v.parse(stateSchema, JSON.parse(json));
    return { ...state, plan: checkPlan(state.plan) };
  } catch (cause) {
    throw new HffError(
      'snapshot/malformed',
      `checkpoint, metadata.state: cannot be read (${cause}). Start the training anew.`,
      { cause },
    );
  }
}
