/** Decisions and familiarity over many samples, batch by batch. */
import { calibrationError } from '../calibration-error.ts';
import type { FeatureLearner } from '../feature-learner.ts';
import type { Samples } from '../samples.ts';

/** Share of the samples that is decided rightly, 0 to 1. */
export async function accuracy(learner: FeatureLearner, samples: Samples): Promise<number> {
  let right = 0;
  for (const { features, labels } of samples.batches()) {
    const decided = await learner.classify(features, labels.length);
    right += labels.filter((label, i) => decided[i] === label).length;
  }
  return right / samples.count;
}

export async function familiarityOf(
  learner: FeatureLearner,
  samples: Samples,
): Promise<Float32Array> {
  const all = new Float32Array(samples.count);
  let done = 0;
  for (const { features, labels } of samples.batches()) {
    all.set(await learner.familiarity(features, labels.length), done);
    done += labels.length;
  }
  return all;
}

/** Expected calibration error over all samples; null from a learner without probabilities. */
export async function calibrationErrorOf(
  learner: FeatureLearner,
  questions: readonly Samples[],
): Promise<number | null> {
  if (!learner.confidence) return null;
  const confidences: number[] = [];
  const right: boolean[] = [];
  for (const samples of questions) {
    for (const { features, labels } of samples.batches()) {
      confidences.push(...(await learner.confidence(features, labels.length)));
      const decided = await learner.classify(features, labels.length);
      right.push(...labels.map((label, i) => decided[i] === label));
    }
  }
  return calibrationError(confidences, right);
}
