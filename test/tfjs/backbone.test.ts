/** A tfjs model as feature extractor: its own numbers, and nothing left behind. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, FeatureModel } from '../../sdk/src/tfjs.ts';
import { tfjsBackbone } from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { mnistDigit, renderDigit } from '../support/render-digit.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { digitGraph, digitInput, filters, flatSize } from './digit-graph.ts';
import { drawnDigits } from './digit-training.ts';
import { layersModel } from './layers-model.ts';

const input = digitInput;
const tolerance = 1e-5;
const digits = Array.from({ length: 70 }, (_, i) => mnistDigit(i % 10, i));

/** As the net takes them: [N, 28, 28, 1] from −1 to 1. */
function standardised(images: readonly Uint8Array[]): tf.Tensor {
  const values = Float32Array.from(images.flatMap((image) => [...image]));
  return tf.tensor(values, [images.length, 28, 28, 1]).div(127.5).sub(1);
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
