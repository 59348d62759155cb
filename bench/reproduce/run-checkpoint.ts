/** A run between two of its epochs, in a file until it has a result: who breaks it off loses at most the epoch under way. */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { writeFileAtomically } from '../../sdk/src/cli/write-file.ts';
import type { EpochReport } from '../../sdk/src/train/train.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import type { BaselineState } from '../baselines/baseline-state.ts';
import type { MeasuredCost } from './run-result.ts';

export interface RunCheckpoint {
  readonly plan: TrainingPlan;
  /** Fingerprint of the data set. */
  readonly samples: string;
  readonly epochs: readonly EpochReport[];
  readonly cost: MeasuredCost;
  readonly state: RunState;
}

/** A checkpoint of HFF's training, or what a baseline goes on with. */
export type RunState = Uint8Array | BaselineState;

/** Changes with whatever makes another state of the same plan. */
const version = 1;

export async function writeRunCheckpoint(file: string, checkpoint: RunCheckpoint): Promise<void> {
  await writeFileAtomically(file, serialize({ version, ...checkpoint }));
}

/** @returns null where there is none that can be gone on with, and says why where there is one */
export async function readRunCheckpoint(
  file: string,
  plan: TrainingPlan,
  samples: string,
): Promise<RunCheckpoint | null> {
  const bytes = await readFile(file).catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!bytes) return null;
  const checkpoint = parse(bytes);
  const isOurs =
    checkpoint?.version === version &&
    checkpoint.samples === samples &&
    isDeepStrictEqual(checkpoint.plan, plan);
  if (isOurs) return checkpoint;
  console.log(`${file}: of another plan, other samples or unreadable; begun anew.`);
  return null;
}

function parse(bytes: Uint8Array): (RunCheckpoint & { readonly version: number }) | null {
  try {
    return deserialize(bytes);
  } catch {
    return null;
  }
}
