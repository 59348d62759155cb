/**
 * Which epoch a run ends with: the last one that the samples held back do not tell from the best, by
 * the rule of one standard error (Breiman et al. 1984, section 3.4.3). Learning rates fall to 0, so of
 * epochs that look alike the later is the better one, and the luck of few samples does not choose.
 */

/**
 * Whether an accuracy is at most one standard error below the highest one.
 * @param samples that both were measured on
 */
export function isAsGoodAs(accuracy: number, highest: number, samples: number): boolean {
  return accuracy >= highest - Math.sqrt((highest * (1 - highest)) / samples);
}
