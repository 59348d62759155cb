/**
 * Makes a head's scores probabilities and its typicalities comparable, by samples that training did
 * not see: a factor, how far lengths along means spread, and two quantiles of the typicality.
 */
import { type Calibration, type Readout, unknownBelow } from '../readout.ts';
import { type LabelledScores, likeliestFactor } from './likeliest-factor.ts';

/** Features of some samples, [N, D], and the class of each, N. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: Uint16Array;
}

/** @param batches of the readout's dimension D */
export function calibrate(readout: Readout, batches: readonly LabelledFeatures[]): Calibration {
  const classes = readout.labels.length;
  const samples: (LabelledScores & { readonly features: Float32Array })[] = [];
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
  return { sharpness: likeliestFactor(samples).factor / unit, reach, middle, spread };
}
