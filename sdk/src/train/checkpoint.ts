/**
 * A training run as bytes: a safetensors file with the current weights, the optimiser's moments and
 * the best epoch's weights. Read only by the version that wrote it; it is no model.
 */

import { HffError } from '../error.ts';
import { expectedTensors } from '../format/check-spec.ts';
import { readSafetensors } from '../format/read-safetensors.ts';
import type { StoredTensor } from '../format/safetensors.ts';
import { writeSafetensors } from '../format/write-safetensors.ts';
import type { NetworkWeights } from '../hff/network.ts';
import type { TrainingPlan } from './training-plan.ts';

export interface BestEpoch {
  readonly epoch: number;
  /** On the held-back samples. */
  readonly accuracy: number;
  readonly weights: NetworkWeights;
}

export interface Checkpoint {
  readonly plan: TrainingPlan;
  readonly epochsDone: number;
  readonly weights: NetworkWeights;
  /** The optimiser's state by name. */
  readonly moments: NetworkWeights;
  readonly best: BestEpoch | null;
}

const formatName = 'hff-edge-checkpoint-1';
const momentPrefixes = ['adam.first.', 'adam.second.'];

export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { plan, epochsDone, weights, moments, best } = checkpoint;
  const tensors = new Map<string, StoredTensor>();
  const add = (prefix: string, group: NetworkWeights): void => {
    for (const [name, values] of group) {
      tensors.set(prefix + name, { shape: [values.length], values });
    }
  };
  add('', weights);
  add('', moments);
  if (best) add('best.', best.weights);
  const state = { plan, epochsDone, best: best && { epoch: best.epoch, accuracy: best.accuracy } };
  const metadata = new Map([
    ['format', formatName],
    ['state', JSON.stringify(state)],
  ]);
  return writeSafetensors({ metadata, tensors }, 'float32');
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
      `metadata.format: expected ${formatName}, got ${metadata.get('format')}. Start the training anew.`,
    );
  }
  const { plan, epochsDone, best } = JSON.parse(metadata.get('state') ?? '');
  const names = [...expectedTensors(plan.spec.network.layers).keys()];
  const group = (prefix: string, kept: string): [string, Float32Array][] =>
    names.map((name) => {
      const tensor = tensors.get(prefix + name);
      if (tensor) return [kept + name, tensor.values];
      throw new HffError('snapshot/inconsistent', `checkpoint: ${prefix + name} is missing.`);
    });
  return {
    plan,
    epochsDone,
    weights: new Map(group('', '')),
    moments: new Map(momentPrefixes.flatMap((prefix) => group(prefix, prefix))),
    best: best && { ...best, weights: new Map(group('best.', '')) },
  };
}
