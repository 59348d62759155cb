/** Training steps as `hff train` makes them, set-up left out. */
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { layersHere } from '../../sdk/src/train/layers-here.ts';
import { Training } from '../../sdk/src/train/training.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';

export interface TimedSteps {
  /** Milliseconds per step, without the first. */
  readonly milliseconds: number;
  /** Mean loss of each layer. */
  readonly losses: readonly number[];
}

/** Trains for one epoch. */
export async function timeSteps(
  backend: TrainingBackend,
  dataset: Dataset,
  plan: TrainingPlan,
): Promise<TimedSteps> {
  const training = new Training(layersHere(backend), dataset, plan);
  const ends: number[] = [];
  let losses: number[] = [];
  await training.run({
    onBatch({ layers }) {
      ends.push(performance.now());
      losses = layers.map(({ loss }) => loss);
    },
  });
  const [first, last] = [ends[0] as number, ends.at(-1) as number];
  return { milliseconds: (last - first) / (ends.length - 1), losses };
}

/**
 * The same samples in the same order must have taught both engines the same.
 * @throws Error
 */
export function checkLosses(ours: readonly number[], theirs: readonly number[]): void {
  const alike = ours.every((loss, i) => Math.abs(loss / (theirs[i] as number) - 1) < 1e-2);
  if (!alike) throw new Error(`Expected losses within 1 % of ${theirs}, got ${ours}.`);
}
