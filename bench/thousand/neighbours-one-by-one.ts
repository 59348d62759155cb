/** knn-classifier as its users call it: examples one by one, and one question at a time. */
import * as tf from '@tensorflow/tfjs';
import { create, type KNNClassifier } from '@tensorflow-models/knn-classifier';
import type { Labelled, Learner } from '../transfer/learner.ts';

export class NeighboursOneByOne implements Learner {
  readonly #knn: KNNClassifier = create();

  async learn({ rows, labels }: Labelled): Promise<void> {
    rows.forEach((row, i) => {
      const example = tf.tensor1d(row);
      this.#knn.addExample(example, labels[i] as string);
      example.dispose();
    });
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    const labels: string[] = [];
    for (const row of rows) {
      const example = tf.tensor1d(row);
      labels.push((await this.#knn.predictClass(example)).label);
      example.dispose();
    }
    return labels;
  }

  async bytes(): Promise<number> {
    const examples = Object.values(this.#knn.getClassifierDataset());
    return examples.reduce((sum, { size }) => sum + 4 * size, 0);
  }

  dispose(): void {
    this.#knn.dispose();
  }
}
