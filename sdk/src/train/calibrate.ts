/**
 * Makes a head's scores probabilities and its typicalities comparable, by samples that training did
 * not see: temperature scaling (Guo et al. 2017), how far lengths along means spread, and two quantiles
 * of the typicality.
 */
import { type Calibration, type Readout, unknownBelow } from '../readout.ts';

/** Features of some samples, [N, D], and the class of each, N. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: Uint16Array;
}

/** @param batches of the readout's dimension D */
export function calibrate(readout: Readout, batches: readonly LabelledFeatures[]): Calibration {
  const classes = readout.labels.length;
  const samples: { scores: Float32Array; features: Float32Array; label: number }[] = [];
  let surpluses = 0;
  for (const { features, labels } of batches) {
    const scores = readout.scores(features, labels.length);
    const size = features.length / labels.length;
    labels.forEach((label, n) => {
      const own = features.subarray(n * size, (n + 1) * size);
      samples.push({
        scores: scores.subarray(n * classes, (n + 1) * classes),
        features: own,
        label,
      });
      surpluses += Math.abs(readout.surplus(own, label));
    });
  }
  // Squares would follow the few that are far out, and let in more of what is unknown.
  const reach = Math.max(surpluses / samples.length, 1e-3);
  const typicalities = samples
    .map(({ scores, features }) => readout.typicality(scores, features, { reach }))
    .sort((a, b) => a - b);
  const quantile = (share: number): number =>
    typicalities[Math.floor(share * (typicalities.length - 1))] as number;
  const middle = quantile(0.5);
  const logOdds = Math.log((1 - unknownBelow) / unknownBelow);
  const spread = Math.max((middle - quantile(unknownBelow)) / logOdds, 1e-3);
  const unit = readout.sharpness({ sharpness: 1 });
  return { sharpness: likeliestFactor(samples) / unit, reach, middle, spread };
}

const [least, most] = [1e-3, 1e2];

/** Golden-section search for the smallest mean negative log-likelihood, over log factors. */
function likeliestFactor(samples: readonly { scores: Float32Array; label: number }[]): number {
  const loss = (logarithm: number): number => {
    const factor = Math.exp(logarithm);
    return samples.reduce((sum, { scores, label }) => {
      const own = scores[label] as number;
      const others = scores.reduce((total, s) => total + Math.exp(factor * (s - own)), 0);
      return sum + Math.min(Math.log(others), 1e3);
    }, 0);
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(least), Math.log(most)];
  while (high - low > 1e-3) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}
