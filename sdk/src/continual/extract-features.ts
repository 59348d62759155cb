/** The features that a frozen network makes of samples. */
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Model } from '../model.ts';
import type { FeatureSet } from './samples.ts';

const batchSize = 256;

/**
 * @param dataset raw values that suit the model; its classes may be others than the model's
 * @param onProgress gets the share done, 0 to 1, after each batch
 * @throws HffError `input/…` naming the sample
 */
export async function extractFeatures(
  model: Model,
  dataset: Dataset,
  onProgress: (share: number) => void = () => {},
): Promise<FeatureSet> {
  const { network, input } = model;
  const size = network.featureSize;
  const samples = dataset.labels.length;
  const features = new Float32Array(samples * size);
  for (let start = 0; start < samples; start += batchSize) {
    const length = Math.min(batchSize, samples - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const { inputs } = gatherBatch(dataset, input, indices);
    features.set(network.features(inputs, length), start * size);
    onProgress((start + length) / samples);
    // Lets a progress bar be drawn and Ctrl-C be heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { dataset, features };
}
