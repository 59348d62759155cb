/** A tfjs model as feature extractor: its own numbers, nothing left behind, and errors that help. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTfjsInNode } from '../../sdk/src/backend/tfjs/start-tfjs-node.ts';
import type { Dataset, FeatureModel } from '../../sdk/src/tfjs.ts';
import { tfjsBackbone } from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { mnistDigit, renderDigit } from '../support/render-digit.ts';
import { digitGraph, digitInput, filters, flatSize } from './digit-graph.ts';
import { drawnDigits } from './digit-training.ts';

const input = digitInput;
const tolerance = 1e-5;
const digits = Array.from({ length: 70 }, (_, i) => mnistDigit(i % 10, i));

/** As the net takes them: [N, 28, 28, 1] from −1 to 1. */
function standardised(images: readonly Uint8Array[]): tf.Tensor {
  const values = Float32Array.from(images.flatMap((image) => [...image]));
  return tf.tensor(values, [images.length, 28, 28, 1]).div(127.5).sub(1);
}

/** A LayersModel that ends in a feature map, [N, 5, 5, 6]. */
function layersModel(): tf.LayersModel {
  const conv = { kernelSize: 5, activation: 'relu' } as const;
  const seeded = (seed: number) => tf.initializers.randomNormal({ stddev: 0.3, seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...conv,
        inputShape: [28, 28, 1],
        filters: 8,
        strides: 2,
        kernelInitializer: seeded(1),
      }),
      tf.layers.conv2d({ ...conv, filters: 6, strides: 2, kernelInitializer: seeded(2) }),
    ],
  });
}

/** A model that is one function. */
function functionModel(compute: (x: tf.Tensor) => tf.Tensor): FeatureModel {
  return { predict: compute, execute: compute };
}

beforeAll(startTfjsInNode);

describe('features', () => {
  it("are a LayersModel's output or a layer's, averaged over the places of its map", async () => {
    const model = layersModel();
    const backbone = await tfjsBackbone(model, { input });
    expect(backbone.size).toBe(6);
    const map = model.predict(standardised(digits)) as tf.Tensor4D;
    expect(map.shape).toEqual([70, 4, 4, 6]);
    const expected = tf.mean(map, [1, 2]).dataSync();
    const rows = await backbone.featuresBatch(digits);
    expect(
      relativeError(
        rows.flatMap((row) => [...row]),
        expected,
      ),
    ).toBeLessThan(tolerance);
    model.dispose();
  });

  it("are a GraphModel's output, or that of the node named", async () => {
    const model = await digitGraph();
    const images = digits.slice(0, 3);
    const flat = await tfjsBackbone(model, { input });
    expect(flat.size).toBe(flatSize);
    const direct = (model.predict(standardised(images)) as tf.Tensor).dataSync();
    const rows = await flat.featuresBatch(images);
    expect(
      relativeError(
        rows.flatMap((row) => [...row]),
        direct,
      ),
    ).toBeLessThan(tolerance);

    const inner = await tfjsBackbone(model, { input, output: 'relu' });
    expect(inner.size).toBe(filters);
    const map = model.execute(standardised(images), 'relu') as tf.Tensor;
    const [row] = await inner.featuresBatch(images);
    const first = tf.mean(map, [1, 2]).dataSync().subarray(0, filters);
    expect(relativeError(row as Float32Array, first)).toBeLessThan(tolerance);
    model.dispose();
  });

  it('do not depend on the company in a batch', async () => {
    const model = await digitGraph();
    const one = await tfjsBackbone(model, { input, batchSize: 1 });
    const many = await tfjsBackbone(model, { input, batchSize: 64 });
    const rows = await many.featuresBatch(digits);
    for (const i of [0, 63, 64, 69]) {
      const alone = await one.features(digits[i] as Uint8Array);
      expect(relativeError(rows[i] as Float32Array, alone)).toBeLessThan(tolerance);
    }
    expect(await many.featuresBatch([])).toEqual([]);
    model.dispose();
  });

  it('of an image of another size are those of the image fitted', async () => {
    const model = await digitGraph();
    const backbone = await tfjsBackbone(model, { input });
    const { data } = renderDigit(4, 1, 28);
    const doubled = Uint8Array.from(
      { length: 56 * 56 },
      (_, i) => data[(Math.floor(i / 112) * 28 + Math.floor((i % 56) / 2)) as number] as number,
    );
    const fitted = await backbone.features({ width: 56, height: 56, data: doubled });
    expect(relativeError(fitted, await backbone.features(data))).toBeLessThan(tolerance);
    model.dispose();
  });

  it('of rows of numbers come from models of rows', async () => {
    const weights = [tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([0, 10])];
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [3], units: 2, weights })],
    });
    const row = { width: 3, height: 1, channels: 1, range: null, fit: null } as const;
    const backbone = await tfjsBackbone(model, {
      input: { ...row, mean: [1, 1, 1], deviation: [1, 1, 2] },
    });
    expect([...(await backbone.features([2, 1, 5]))]).toEqual([1 + 5 * 2, 2 + 6 * 2 + 10]);
  });
});

describe('a data set', () => {
  it('becomes a table of its features, in order, with progress', async () => {
    const model = await digitGraph();
    const backbone = await tfjsBackbone(model, { input });
    const dataset = drawnDigits(70, 1);
    const seen: [number, number][] = [];
    const table = await backbone.embed(dataset, (...progress) => void seen.push(progress));
    expect(seen).toEqual([
      [32, 70],
      [64, 70],
      [70, 70],
    ]);
    const { inputs, ...shape } = table;
    const { labels, classes } = dataset;
    expect(shape).toEqual({ labels, classes, width: flatSize, height: 1, channels: 1 });
    const last = await backbone.features(dataset.inputs.subarray(69 * 784));
    expect(relativeError(inputs.subarray(69 * flatSize), last)).toBeLessThan(tolerance);
    model.dispose();
  });

  it('of colour images of another size is fitted; of other numbers it is refused', async () => {
    const model = await digitGraph();
    const backbone = await tfjsBackbone(model, { input });
    const { labels, classes } = drawnDigits(2, 1);
    const colour: Dataset = {
      inputs: new Uint8Array(2 * 40 * 40 * 3).fill(255),
      labels,
      classes,
      width: 40,
      height: 40,
      channels: 3,
    };
    const { inputs } = await backbone.embed(colour);
    const white = await backbone.features(new Uint8Array(784).fill(255));
    expect(relativeError(inputs.subarray(flatSize), white)).toBeLessThan(tolerance);
    const floats = { ...colour, inputs: Float32Array.from(colour.inputs) };
    await expect(backbone.embed(floats)).rejects.toMatchObject({
      code: 'input/shape',
      message: expect.stringContaining('sample 0'),
    });
    await expect(backbone.embed({ ...colour, width: 41 })).rejects.toMatchObject({
      code: 'input/shape',
    });
    model.dispose();
  });
});

it('leaves no tensor behind, whether it answers or refuses', async () => {
  const models: FeatureModel[] = [layersModel(), await digitGraph()];
  for (const model of models) {
    const before = tf.memory().numTensors;
    const backbone = await tfjsBackbone(model, { input, batchSize: 16 });
    for (let i = 0; i < 5; i++) {
      await backbone.features(digits[i] as Uint8Array);
      await backbone.featuresBatch(digits);
      await expect(backbone.features([1])).rejects.toThrow();
    }
    await backbone.embed(drawnDigits(40, 2));
    await expect(tfjsBackbone(model, { input: { ...input, height: 27 } })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  }
});

describe('refuses', () => {
  const refusal = (code: string, message: string) => ({
    code,
    message: expect.stringContaining(message),
  });

  it('a model of several outputs, until one is named', async () => {
    const model = await digitGraph(['flat', 'relu']);
    await expect(tfjsBackbone(model, { input })).rejects.toMatchObject(
      refusal('option/invalid', 'expected one output, got 2 tensors'),
    );
    expect((await tfjsBackbone(model, { input, output: 'relu' })).size).toBe(filters);
    await expect(tfjsBackbone(model, { input, output: 'none' })).rejects.toMatchObject(
      refusal('option/invalid', 'none'),
    );
  });

  it('an output that is no table of floats with a row per sample', async () => {
    const model = await digitGraph();
    await expect(tfjsBackbone(model, { input, output: 'largest' })).rejects.toMatchObject(
      refusal('option/invalid', 'int32'),
    );
    const flat = functionModel((x) => tf.sum(x, [1, 2, 3]));
    await expect(tfjsBackbone(flat, { input })).rejects.toMatchObject(
      refusal('option/invalid', 'shape [N, …, D], got [1]'),
    );
    const merged = functionModel((x) => tf.reshape(x, [-1, 14]));
    await expect(tfjsBackbone(merged, { input })).rejects.toMatchObject(
      refusal('option/invalid', 'expected 1 rows for as many samples, got shape [56,14]'),
    );
  });

  it('images of a size that the model does not take', async () => {
    await expect(
      tfjsBackbone(layersModel(), { input: { ...input, channels: 3 } }),
    ).rejects.toMatchObject(refusal('option/invalid', '[1,28,28,3]'));
  });

  it('batches of a model made for one image, but not single images', async () => {
    const one = await digitGraph(['flat'], 1);
    const wide = await tfjsBackbone(one, { input });
    await expect(wide.featuresBatch(digits)).rejects.toMatchObject(
      refusal('option/invalid', 'batchSize'),
    );
    const narrow = await tfjsBackbone(one, { input, batchSize: 1 });
    expect(await narrow.featuresBatch(digits.slice(0, 3))).toHaveLength(3);
  });

  it('features that are not finite, naming the sample', async () => {
    // 0 / 0 where an image is all black.
    const ratio = functionModel((x) => tf.div(tf.mean(x, [1, 2]), tf.max(x, [1, 2])));
    const raw = { ...input, mean: [0], deviation: [1] };
    const backbone = await tfjsBackbone(ratio, { input: raw });
    const black = new Uint8Array(784);
    await expect(backbone.featuresBatch([...digits.slice(0, 40), black])).rejects.toMatchObject(
      refusal('input/not-finite', 'input 40'),
    );
  });

  it('an input whose mean or deviation fits no channel, and no batch size', async () => {
    const model = layersModel();
    for (const wrong of [{ mean: [0, 0] }, { deviation: [1, 1] }, { mean: [], deviation: [] }]) {
      await expect(tfjsBackbone(model, { input: { ...input, ...wrong } })).rejects.toMatchObject({
        code: 'option/invalid',
      });
    }
    for (const batchSize of [0, 1.5, Number.NaN]) {
      await expect(tfjsBackbone(model, { input, batchSize })).rejects.toMatchObject(
        refusal('option/invalid', 'batchSize'),
      );
    }
  });
});
