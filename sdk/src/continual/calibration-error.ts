/** How far probabilities are from what they say (Guo et al. 2017). */

const bins = 15;

/**
 * Expected calibration error, 0 to 1: samples are put into bins by the probability of their decision;
 * the mean, weighted by samples, of |mean probability − share decided rightly| over the bins.
 * @param confidences probability of each decision, 0 to 1
 * @param right whether each decision is right
 */
export function calibrationError(
  confidences: readonly number[],
  right: readonly boolean[],
): number {
  const gaps = new Float64Array(bins);
  confidences.forEach((confidence, i) => {
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    gaps[bin] = (gaps[bin] as number) + confidence - (right[i] ? 1 : 0);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, confidences.length);
}
