/** Samples of a data set with their features, in an order of one's own. */
import type { Dataset } from '../data/dataset.ts';

/** A data set and the features of all its samples. */
export interface FeatureSet {
  readonly dataset: Dataset;
  /** Unit features [N, D], row by row. */
  readonly features: Float32Array;
}

/** A batch as learners see it. */
export interface ShownSamples {
  /** Unit features [N, D], row by row. */
  readonly features: Float32Array;
  /** N. */
  readonly labels: readonly string[];
  /**
   * The same samples as the data set holds them [N, D_in], for a learner that changes images before
   * they become features.
   */
  readonly raw: Uint8Array | Float32Array;
}

const mostRows = 256;

export class Samples {
  readonly set: FeatureSet;
  readonly indices: Uint32Array;

  /** @param indices which samples of `set`, in order */
  constructor(set: FeatureSet, indices: Uint32Array) {
    this.set = set;
    this.indices = indices;
  }

  get count(): number {
    return this.indices.length;
  }

  /** All in order, in copies of up to `rows` samples. */
  *batches(rows: number = mostRows): Generator<ShownSamples> {
    const { dataset, features } = this.set;
    const { inputs, labels, classes } = dataset;
    const of = labels.length;
    for (let start = 0; start < this.count; start += rows) {
      const chosen = this.indices.subarray(start, start + rows);
      yield {
        features: gather(features, of, chosen),
        labels: Array.from(chosen, (index) => classes[labels[index] as number] as string),
        raw: inputs instanceof Uint8Array ? gather(inputs, of, chosen) : gather(inputs, of, chosen),
      };
    }
  }
}

/** Rows `indices` of a matrix with `rows` rows. */
export function gather<T extends Uint8Array | Float32Array>(
  matrix: T,
  rows: number,
  indices: Uint32Array,
): T {
  const width = matrix.length / rows;
  const gathered = new (matrix.constructor as new (length: number) => T)(indices.length * width);
  indices.forEach((index, row) => {
    gathered.set(matrix.subarray(index * width, (index + 1) * width), row * width);
  });
  return gathered;
}
