/** Models and options that a backbone cannot be made of, and samples that it has no features for. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureModel } from '../../sdk/src/tfjs.ts';
import { tfjsBackbone } from '../../sdk/src/tfjs.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { digitGraph, digitInput, filters } from './digit-graph.ts';
import { layersModel } from './layers-model.ts';

const input = digitInput;
const digits = Array.from({ length: 40 }, (_, i) => mnistDigit(i % 10, i));

/** A model that is one function. */
function functionModel(compute: (x: tf.Tensor) => tf.Tensor): FeatureModel {
  return { predict: compute, execute: compute };
}

beforeAll(startTfjsInNode);

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
    await expect(backbone.featuresBatch([...digits, black])).rejects.toMatchObject(
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
