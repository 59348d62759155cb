/** The examples of one class as `getClassifierDataset` gives them. */
import { HffError } from '../error.ts';
import { countOf, type Folded, type Moments } from '../learn/moments.ts';

/**
 * Has the `shape` and the `dataSync` of the tensor [n, D] that knn-classifier gives, and survives
 * structured cloning. Its arrays are the classifier's own: not to be written to.
 */
export class ClassExamples {
  /** Examples and features: [n, D]. */
  readonly shape: readonly [number, number];
  readonly classIndex: number;
  /** Examples at length 1 that are kept one by one, each [D]. */
  readonly rows: readonly Float32Array[];
  /** Those that are kept as sums only: once a class has D examples, rows would take more room. */
  readonly folded: Folded | undefined;

  constructor(moments: Moments, dimension: number, classIndex: number) {
    this.shape = [countOf(moments), dimension];
    this.classIndex = classIndex;
    this.rows = moments.plus;
    this.folded = moments.folded;
  }

  /**
   * All examples at length 1, one after the other, [n · D].
   * @throws HffError `data/not-found` once the class has D examples
   */
  dataSync(): Float32Array {
    const [count, dimension] = this.shape;
    if (this.folded) {
      throw new HffError(
        'data/not-found',
        `Class ${this.classIndex}: ${this.folded.count} of its ${count} examples are kept as sums only. Store the dataset itself, for instance in IndexedDB, in place of single examples.`,
      );
    }
    const values = new Float32Array(count * dimension);
    this.rows.forEach((row, i) => {
      values.set(row, i * dimension);
    });
    return values;
  }
}
