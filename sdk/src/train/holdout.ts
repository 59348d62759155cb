/** Sets samples aside, by which an epoch is chosen without looking at the test set. */
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/subset.ts';
import { HffError } from '../error.ts';
import { Random } from '../hff/random.ts';

const holdoutStream = 1004;

/**
 * Splits at random, the same way for the same seed.
 * @param share of the samples to hold out, (0, 0.5]
 * @throws HffError `data/empty` when the set is too small to split
 */
export function splitHoldout(
  dataset: Dataset,
  share: number,
  seed: number,
): { training: Dataset; holdout: Dataset } {
  const samples = dataset.labels.length;
  const held = Math.max(1, Math.round(samples * share));
  if (samples < 2) {
    throw new HffError(
      'data/empty',
      `training data: expected at least 2 samples, got ${samples}. One is held out to choose an epoch.`,
    );
  }
  const order = new Random(seed, holdoutStream).permutation(samples);
  return {
    holdout: subset(dataset, order.subarray(0, held)),
    training: subset(dataset, order.subarray(held).toSorted()),
  };
}
