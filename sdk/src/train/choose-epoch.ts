/**
 * Which epoch a run ends with: the last one that the samples held back do not tell from the best, by
 * the rule of one standard error (Breiman et al. 1984, section 3.4.3). Learning rates fall to 0, so of
 * epochs that look alike the later is the better one, and the luck of few samples does not choose.
 */
import type { EpochReport } from './train.ts';

export interface ChosenEpoch {
  readonly epoch: number;
  /** Accuracy on the held-back samples of the best of all epochs so far. */
  readonly highest: number;
}

/**
 * @param before what was chosen of the epochs before
 * @param samples that are held back
 * @returns the epoch where its losses are finite and it is at most one standard error below the best,
 *   else null: `before` stays
 */
export function chooseEpoch(
  { epoch, layers, holdoutAccuracy }: Omit<EpochReport, 'seconds'>,
  before: ChosenEpoch | null,
  samples: number,
): ChosenEpoch | null {
  if (!layers.every(({ loss }) => Number.isFinite(loss))) return null;
  const highest = Math.max(holdoutAccuracy, before?.highest ?? 0);
  const error = Math.sqrt((highest * (1 - highest)) / samples);
  return holdoutAccuracy >= highest - error ? { epoch, highest } : null;
}
