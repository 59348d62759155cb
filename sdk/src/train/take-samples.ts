/** The samples that a training run takes of a data set, parted into those to learn from and the others. */
import type { Dataset } from '../data/dataset.ts';
import { limitPerClass } from '../data/limit-per-class.ts';
import { HffError } from '../error.ts';
import { splitHoldout } from './holdout.ts';
import type { TrainingPlan } from './training-plan.ts';

interface TakenSamples {
  /** All that are taken. */
  readonly dataset: Dataset;
  readonly training: Dataset;
  /** Held back to choose an epoch by. */
  readonly holdout: Dataset;
}

/**
 * The same ones for the same plan, also where only those are given that it would take.
 * @throws HffError `data/empty` for too few samples, `option/invalid` when the limit leaves a class none
 *   to learn from
 */
export function takeSamples(
  all: Dataset,
  { limit, holdoutShare, options: { seed } }: TrainingPlan,
): TakenSamples {
  const dataset = limit === undefined ? all : limitPerClass(all, limit, seed);
  const { training, holdout } = splitHoldout(dataset, holdoutShare, seed);
  if (limit !== undefined) {
    const learned = new Set(training.labels);
    const lost = holdout.labels.find((label) => !learned.has(label));
    if (lost !== undefined) {
      throw new HffError(
        'option/invalid',
        `training plan, limit: expected samples of each class to learn from, got ${limit} per class, and all of class "${dataset.classes[lost]}" are held back to choose an epoch. Choose a larger limit or another seed.`,
      );
    }
  }
  return { dataset, training, holdout };
}
