/** How well layers that still learn decide on samples held back, in one pass through them. */
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import type { InputSpec } from '../data/input-spec.ts';
import { meanScores } from '../hff/network.ts';
import { countDecided } from './evaluate.ts';
import type { LearningLayers } from './learning-layers.ts';

/** Small enough for several to be under way at once. */
const batchSize = 128;

/**
 * @param voters indices of the layers that decide
 * @returns share decided rightly, 0 to 1
 */
export async function heldOutAccuracy(
  layers: Pick<LearningLayers, 'classify' | 'settle'>,
  voters: readonly number[],
  holdout: Dataset,
  input: InputSpec,
): Promise<number> {
  const samples = holdout.labels.length;
  let right = 0;
  for (let start = 0; start < samples; start += batchSize) {
    const length = Math.min(batchSize, samples - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const { inputs, labels } = gatherBatch(holdout, input, indices);
    await layers.classify(inputs, length, (scores) => {
      const votes = meanScores(voters.map((voter) => scores[voter] as Float32Array));
      right += countDecided(votes, labels, holdout.classes.length);
    });
  }
  await layers.settle();
  return right / samples;
}
