/** The classifier of `@tensorflow-models/knn-classifier` as a learner. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { create, type KNNClassifier } from '@tensorflow-models/knn-classifier';
import { startTfjs } from '../../backend/tfjs/start-tfjs.ts';
import type { FeatureLearner } from '../feature-learner.ts';
import type { ShownSamples } from '../samples.ts';

const wasmPath = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';

/** Makes a learner that knows nothing yet of features of D numbers. */
export type MakeClassifier = (size: number) => FeatureLearner;

/**
 * Starts tfjs.
 * @param mostPerClass samples of a class that a learner keeps, the first ones
 * @throws HffError `backend/unavailable`
 */
export async function startClassifiers(mostPerClass: number): Promise<MakeClassifier> {
  await startTfjs(async () => {
    const path = createRequire(import.meta.url).resolve(wasmPath);
    return WebAssembly.compile(await readFile(path));
  });
  return (size) => new NeighbourClassifier(size, mostPerClass, new Map());
}

interface Vote {
  readonly label: string;
  /** Of the neighbours, 0 to 1. */
  readonly share: number;
}

class NeighbourClassifier implements FeatureLearner {
  readonly threshold = null;
  readonly #size: number;
  readonly #mostPerClass: number;
  /** Unit rows [n, D] of each class. */
  readonly #classes: Map<string, tf.Tensor2D>;
  readonly #knn: KNNClassifier = create();

  constructor(size: number, mostPerClass: number, classes: Map<string, tf.Tensor2D>) {
    this.#size = size;
    this.#mostPerClass = mostPerClass;
    this.#classes = classes;
    this.#tellKnn();
  }

  /** A class's rows go in together: `addExample` copies the class for every sample. */
  learn({ features, labels }: ShownSamples): void {
    for (const label of new Set(labels)) {
      const rows = [...labels.keys()].filter((row) => labels[row] === label);
      const kept = this.#classes.get(label);
      const added = rows.slice(0, this.#mostPerClass - (kept?.shape[0] ?? 0));
      if (added.length === 0) continue;
      const more = this.#unitRows(features, added);
      this.#classes.set(label, kept ? tf.concat([kept, more]) : more);
      if (kept) tf.dispose([kept, more]);
    }
    this.#tellKnn();
  }

  async classify(features: Float32Array, rows: number): Promise<string[]> {
    return (await this.#votes(features, rows)).map(({ label }) => label);
  }

  /** Share of the neighbours that agree. */
  async familiarity(features: Float32Array, rows: number): Promise<Float32Array> {
    return Float32Array.from(await this.#votes(features, rows), ({ share }) => share);
  }

  bytes(): number {
    const rows = [...this.#classes.values()].reduce((sum, { shape }) => sum + shape[0], 0);
    return rows * this.#size * Float32Array.BYTES_PER_ELEMENT;
  }

  copy(): NeighbourClassifier {
    const classes = new Map([...this.#classes].map(([label, rows]) => [label, tf.clone(rows)]));
    return new NeighbourClassifier(this.#size, this.#mostPerClass, classes);
  }

  dispose(): void {
    this.#knn.dispose();
    this.#classes.clear();
  }

  #tellKnn(): void {
    this.#knn.setClassifierDataset(Object.fromEntries(this.#classes));
  }

  #unitRows(features: Float32Array, rows: readonly number[]): tf.Tensor2D {
    const unit = new Float32Array(rows.length * this.#size);
    rows.forEach((row, i) => {
      const sample = features.subarray(row * this.#size, (row + 1) * this.#size);
      const length = Math.hypot(...sample) || 1;
      unit.set(
        sample.map((value) => value / length),
        i * this.#size,
      );
    });
    return tf.tensor2d(unit, [rows.length, this.#size]);
  }

  async #votes(features: Float32Array, rows: number): Promise<Vote[]> {
    const votes: Vote[] = [];
    for (let row = 0; row < rows; row++) {
      const sample = tf.tensor1d(features.slice(row * this.#size, (row + 1) * this.#size));
      const { label, confidences } = await this.#knn.predictClass(sample);
      sample.dispose();
      votes.push({ label, share: confidences[label] as number });
    }
    return votes;
  }
}
