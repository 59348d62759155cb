/** A linear layer with softmax on the features, trained by Adam: what tfjs's own guides put on a backbone. */
import * as tf from '@tensorflow/tfjs';
import { joined } from './joined.ts';
import type { Labelled, Learner } from './learner.ts';

const epochs = 60;
const batchSize = 100;
const learningRate = 3e-3;

export class SoftmaxHead implements Learner {
  readonly #classes: readonly string[];
  readonly #model: tf.LayersModel;

  /** @param classes it will ever know, which it must be told before it learns the first */
  constructor(dimensions: number, classes: readonly string[]) {
    this.#classes = classes;
    const units = classes.length;
    const layer = tf.layers.dense({ units, activation: 'softmax', inputShape: [dimensions] });
    this.#model = tf.sequential({ layers: [layer] });
    this.#model.compile({
      optimizer: tf.train.adam(learningRate),
      loss: 'sparseCategoricalCrossentropy',
    });
  }

  async learn({ rows, labels }: Labelled): Promise<void> {
    const inputs = scaled(rows);
    const targets = tf.tensor1d(labels.map((label) => this.#classes.indexOf(label)));
    await this.#model.fit(inputs, targets, { epochs, batchSize, verbose: 0 });
    tf.dispose([inputs, targets]);
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    const best = tf.tidy(() => tf.argMax(this.#model.predict(scaled(rows)) as tf.Tensor, 1));
    const indices = await best.data();
    best.dispose();
    return Array.from(indices, (index) => this.#classes[index] as string);
  }

  async bytes(): Promise<number> {
    return this.#model.countParams() * Float32Array.BYTES_PER_ELEMENT;
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** Numbers of unit variance, as layers are initialised for. */
function scaled(rows: readonly Float32Array[]): tf.Tensor2D {
  const size = rows[0]?.length ?? 0;
  return tf.tidy(() => tf.tensor2d(joined(rows), [rows.length, size]).mul(Math.sqrt(size)));
}
