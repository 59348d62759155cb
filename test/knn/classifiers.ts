/** Both libraries as one type, and clear classes as tensors for them. */

import * as tf from '@tensorflow/tfjs-core';
import * as theirs from '@tensorflow-models/knn-classifier';
import { Random } from '../../sdk/src/hff/random.ts';
import * as ours from '../../sdk/src/knn.ts';

/** What a user of knn-classifier relies on; that ours is of this type is part of the tests. */
export interface Classifier {
  addExample(example: tf.Tensor, label: number | string): void;
  predictClass(
    input: tf.Tensor,
    k?: number,
  ): Promise<{ label: string; classIndex: number; confidences: { [label: string]: number } }>;
  clearClass(label: number | string): void;
  clearAllClasses(): void;
  getClassExampleCount(): { [label: string]: number };
  getClassifierDataset(): {
    [label: string]: { readonly shape: readonly number[]; dataSync(): ArrayLike<number> };
  };
  getNumClasses(): number;
  setClassifierDataset(dataset: { [label: string]: tf.Tensor2D }): void;
  dispose(): void;
}

export const libraries: { readonly ours: () => Classifier; readonly theirs: () => Classifier } = {
  ours: ours.create,
  theirs: theirs.create,
};

/** D */
export const size = 24;

/** An example of class `kind`: its own direction, and a fifth as much of noise. Any length. */
export function draw(kind: number, sample: number): Float32Array {
  const direction = new Random(1, kind).normals(size, 1);
  const random = new Random(2, kind, sample);
  const scale = 0.5 + 20 * random.uniform();
  return direction.map((value) => scale * (value + 0.2 * random.normal()));
}

export function drawTensor(kind: number, sample: number): tf.Tensor {
  return tf.tensor(draw(kind, sample), [1, 4, size / 4]);
}

/** Adds `count` examples of each class, by turns. */
export function teach(
  classifier: Classifier,
  labels: readonly (number | string)[],
  count: number,
): void {
  for (let sample = 0; sample < count; sample++) {
    labels.forEach((label, kind) => {
      classifier.addExample(drawTensor(kind, sample), label);
    });
  }
}

/** What is answered to `count` new inputs of each kind, without the confidences. */
export async function ask(
  classifier: Classifier,
  kinds: number,
  count: number,
): Promise<{ label: string; classIndex: number }[]> {
  const answers: { label: string; classIndex: number }[] = [];
  for (let i = 0; i < kinds * count; i++) {
    const { label, classIndex } = await classifier.predictClass(drawTensor(i % kinds, 1000 + i));
    answers.push({ label, classIndex });
  }
  return answers;
}
