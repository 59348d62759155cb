/**
 * A frozen tfjs model in front of HFF layers: images in, features out. It learns nothing; HFF learns
 * on its features.
 */
import * as tf from '@tensorflow/tfjs-core';
import { startActiveBackend } from '../backend/tfjs/active-backend.ts';
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { type InputSpec, inputSize } from '../data/input-spec.ts';
import { prepareSample, type Sample } from '../data/prepare-sample.ts';
import { HffError } from '../error.ts';
import { type BackboneOptions, checkOptions } from './backbone-options.ts';
import { type FeatureModel, modelFeatures } from './feature-model.ts';

/**
 * Makes a model a feature extractor. It is run once, on one sample of zeros, to learn how many
 * features it gives. The model stays the caller's, who disposes it.
 * @experimental
 * @throws HffError `option/invalid` when model and options do not fit, `backend/unavailable`
 * @example
 * const backbone = await tfjsBackbone(await tf.loadGraphModel('/mobilenet/model.json'), {
 *   input: { width: 224, height: 224, channels: 3, range: [0, 255],
 *            mean: [127.5], deviation: [127.5], fit: { mode: 'cover' } },
 * });
 * const features = await backbone.features(context.getImageData(0, 0, 640, 480));
 */
export async function tfjsBackbone(
  model: FeatureModel,
  options: BackboneOptions,
): Promise<Backbone> {
  checkOptions(options);
  await startActiveBackend();
  const size = tf.tidy(() => {
    const { shape } = modelFeatures(model, tf.zeros(shapeOf(options.input, 1)), options.output);
    return shape[1];
  });
  return new Backbone(model, options, size);
}

/** Longest time in ms that embedding keeps the event loop waiting, where batches are shorter. */
const turnMilliseconds = 100;

export class Backbone {
  readonly input: InputSpec;
  /** D, number of features per sample. */
  readonly size: number;
  readonly #model: FeatureModel;
  readonly #output: string | undefined;
  readonly #batchSize: number;

  constructor(
    model: FeatureModel,
    { input, output, batchSize = 32 }: BackboneOptions,
    size: number,
  ) {
    this.input = input;
    this.size = size;
    this.#model = model;
    this.#output = output;
    this.#batchSize = batchSize;
  }

  /**
   * Features of one sample, D numbers.
   * @throws HffError `input/…` when the sample does not suit `input` or gives NaN or infinities
   */
  async features(sample: Sample): Promise<Float32Array> {
    return this.#infer([sample], () => 'input');
  }

  /** Features of samples, in order; one bad sample refuses them all, naming it. */
  async featuresBatch(samples: readonly Sample[]): Promise<Float32Array[]> {
    const rows: Float32Array[] = [];
    for (let start = 0; start < samples.length; start += this.#batchSize) {
      const batch = samples.slice(start, start + this.#batchSize);
      const values = await this.#infer(batch, (i) => `input ${start + i}`);
      batch.forEach((_, i) => {
        rows.push(values.slice(i * this.size, (i + 1) * this.size));
      });
    }
    return rows;
  }

  /**
   * A labelled set of images as a set of their features, to train on: width D, height 1, one
   * channel. Images (bytes) of another size are fitted, other numbers must have the size of `input`.
   * @param onProgress is told how many samples of how many are done
   * @throws HffError `data/…`, `input/…` naming the sample
   */
  async embed(
    dataset: Dataset,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Dataset> {
    checkDataset(dataset);
    const total = dataset.labels.length;
    const inputs = new Float32Array(total * this.size);
    let turnStarted = performance.now();
    for (let start = 0; start < total; start += this.#batchSize) {
      const length = Math.min(this.#batchSize, total - start);
      const batch = Array.from({ length }, (_, i) => this.#sampleOf(dataset, start + i));
      inputs.set(await this.#infer(batch, (i) => `sample ${start + i}`), start * this.size);
      onProgress?.(start + length, total);
      if (performance.now() - turnStarted > turnMilliseconds) {
        await new Promise((resolve) => setTimeout(resolve));
        turnStarted = performance.now();
      }
    }
    const { labels, classes } = dataset;
    return { inputs, labels, classes, width: this.size, height: 1, channels: 1 };
  }

  #sampleOf({ inputs, width, height, channels }: Dataset, index: number): Sample {
    const size = width * height * channels;
    const data = inputs.subarray(index * size, (index + 1) * size);
    return data instanceof Uint8Array && this.input.fit ? { width, height, data } : data;
  }

  /** Features of one batch, [N, D]. */
  async #infer(batch: readonly Sample[], where: (index: number) => string): Promise<Float32Array> {
    const size = inputSize(this.input);
    const values = new Float32Array(batch.length * size);
    batch.forEach((sample, i) => {
      prepareSample(values.subarray(i * size, (i + 1) * size), sample, this.input, where(i));
    });
    const features = tf.tidy(() => {
      const inputs = tf.tensor(values, shapeOf(this.input, batch.length));
      return modelFeatures(this.#model, inputs, this.#output);
    });
    try {
      const read = (await features.data<'float32'>()).slice();
      const bad = read.findIndex((value) => !Number.isFinite(value));
      if (bad < 0) return read;
      throw new HffError(
        'input/not-finite',
        `${where(Math.floor(bad / this.size))}: expected finite features, got ${read[bad]} at index ${bad % this.size}. Check the model and the \`input\` that it was given.`,
      );
    } finally {
      features.dispose();
    }
  }
}

function shapeOf({ width, height, channels }: InputSpec, samples: number): number[] {
  return height === 1 ? [samples, width * channels] : [samples, height, width, channels];
}
