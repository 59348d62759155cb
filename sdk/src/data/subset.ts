/** Some samples of a data set. */
import type { Dataset } from './dataset.ts';

/** @param indices which samples, in the order that they are to have */
export function subset(dataset: Dataset, indices: Uint32Array): Dataset {
  const size = dataset.width * dataset.height * dataset.channels;
  const { inputs } = dataset;
  const length = indices.length * size;
  const chosen = inputs instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
  indices.forEach((index, row) => {
    chosen.set(inputs.subarray(index * size, (index + 1) * size), row * size);
  });
  return {
    ...dataset,
    inputs: chosen,
    labels: Uint16Array.from(indices, (index) => dataset.labels[index] as number),
  };
}
