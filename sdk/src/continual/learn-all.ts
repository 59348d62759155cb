/** Shows samples to a learner, each once. */
import type { FeatureLearner } from './feature-learner.ts';
import type { Samples } from './samples.ts';

/** @param onProgress gets the share shown, 0 to 1, after each batch */
export async function learnAll(
  learner: FeatureLearner,
  samples: Samples,
  onProgress: (share: number) => void = () => {},
): Promise<void> {
  let shown = 0;
  for (const batch of samples.batches()) {
    learner.learn(batch);
    shown += batch.labels.length;
    onProgress(shown / samples.count);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
