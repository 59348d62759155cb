/** Samples of a data set, gathered and standardised for the network. */
import type { Dataset } from './dataset.ts';
import { type InputSpec, inputSize } from './input-spec.ts';
import { standardise } from './standardise.ts';

export interface Batch {
  /** [N, D_in], row by row. */
  readonly inputs: Float32Array;
  /** Class index of each sample, N. */
  readonly labels: Uint16Array;
}

/**
 * @param indices which samples, in order
 * @throws HffError `input/…` naming the sample, when it does not suit the model
 */
export function gatherBatch(dataset: Dataset, spec: InputSpec, indices: Uint32Array): Batch {
  const size = inputSize(spec);
  const inputs = new Float32Array(indices.length * size);
  const labels = new Uint16Array(indices.length);
  indices.forEach((index, row) => {
    const values = dataset.inputs.subarray(index * size, (index + 1) * size);
    standardise(inputs.subarray(row * size, (row + 1) * size), values, spec, `sample ${index}`);
    labels[row] = dataset.labels[index] as number;
  });
  return { inputs, labels };
}
