/** The model as its user meets it, in Node. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import { HffError } from '../../sdk/src/error.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { loadModel, Model } from '../../sdk/src/node.ts';
import { engines } from '../backend/engines.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';

const spec: ModelSpec = {
  name: 'tiny',
  version: 1,
  labels: ['a', 'b', 'c'],
  input: {
    width: 4,
    height: 4,
    channels: 1,
    range: [0, 255],
    mean: [100],
    deviation: [50],
    fit: { mode: 'cover' },
  },
  network: {
    layers: [{ type: 'dense', inputs: 16, units: 8, prototypes: [1, 2, 1] }],
    sharpness: 30,
    scale: 20,
    voters: [0],
  },
  training: null,
};
const random = new Random(4);
const sample = Array.from({ length: 16 }, () => random.integer(256));
let model: Model;

beforeAll(async () => {
  model = await loadModel({ spec, weights: initialWeights(spec.network, 1) });
});

describe('classify', () => {
  it('answers probabilities, best first, and the margin between the first two', async () => {
    const { label, scores, margin } = await model.classify(sample);
    expect(scores.map((s) => s.label).sort()).toEqual(['a', 'b', 'c']);
    expect(scores[0]?.label).toBe(label);
    expect(scores.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 10);
    expect(scores).toEqual([...scores].sort((a, b) => b.score - a.score));
    expect(margin).toBeCloseTo((scores[0]?.score as number) - (scores[1]?.score as number), 10);
  });

  it('takes arrays, typed arrays and images of the same pixels alike', async () => {
    const expected = await model.classify(sample);
    expect(await model.classify(Uint8Array.from(sample))).toEqual(expected);
    expect(await model.classify(Float32Array.from(sample))).toEqual(expected);
    expect(await model.classify({ width: 4, height: 4, data: Uint8Array.from(sample) })).toEqual(
      expected,
    );
  });

  it('lists topK classes and keeps the batch in order', async () => {
    const others = Array.from({ length: 300 }, () => sample.map(() => random.integer(256)));
    const batch = await model.classifyBatch(others, { topK: 2 });
    expect(batch).toHaveLength(300);
    for (const i of [0, 127, 128, 299]) {
      const alone = await model.classify(others[i] as number[], { topK: 2 });
      expect(batch[i]?.label).toBe(alone.label);
      expect(batch[i]?.scores).toHaveLength(2);
      expect(batch[i]?.margin).toBeCloseTo(alone.margin, 5);
    }
    expect(await model.classifyBatch([])).toEqual([]);
  });

  it('leaves its input as it was', async () => {
    const input = Float32Array.from(sample);
    await model.classify(input);
    expect([...input]).toEqual(sample);
  });

  const refusals: [string, unknown, string][] = [
    ['too few values', sample.slice(1), 'input/shape'],
    ['nothing', undefined, 'input/shape'],
    ['a number', 7, 'input/shape'],
    ['NaN', sample.map((v, i) => (i === 3 ? Number.NaN : v)), 'input/not-finite'],
    ['text', sample.map((v, i) => (i === 3 ? '12' : v)), 'input/not-finite'],
    ['a hole', sample.map((v, i) => (i === 3 ? undefined : v)), 'input/not-finite'],
    ['a negative grey', sample.map((v, i) => (i === 3 ? -1 : v)), 'input/range'],
    ['a grey of 256', sample.map((v, i) => (i === 3 ? 256 : v)), 'input/range'],
  ];
  it.each(refusals)('refuses %s', async (_, input, code) => {
    await expect(model.classify(input as number[])).rejects.toMatchObject({
      name: 'HffError',
      code,
    });
    await expect(model.classifyBatch([sample, input as number[]])).rejects.toMatchObject({
      code,
      message: expect.stringContaining('input 1'),
    });
  });

  it.each([0, 4, 1.5, Number.NaN])('refuses topK %f', async (topK) => {
    await expect(model.classify(sample, { topK })).rejects.toMatchObject({
      code: 'option/invalid',
    });
  });
});

describe('a model whose numbers are too large', () => {
  /** Sums of layer 0 are 3e38 times those of a sample's standardised values. */
  const weights = initialWeights(spec.network, 1);
  weights.get('layers.0.weight')?.fill(3e38);
  const blank = new Array<number>(16).fill(0);
  const full = new Array<number>(16).fill(255);

  it.each(['simd', 'tfjs'])('for one sample refuses that one, on %s', async (engine) => {
    const start = new Map(engines).get(engine) as () => Promise<Backend>;
    const large = await loadModel({ spec, weights }, { backend: await start() });
    await expect(large.classify(full)).rejects.toMatchObject({
      code: 'input/not-finite',
      message: expect.stringMatching(/^input: .+ too large for this input/),
    });
    const many = new Array<number[]>(200).fill(blank).with(130, full);
    await expect(large.classifyBatch(many)).rejects.toMatchObject({
      code: 'input/not-finite',
      message: expect.stringMatching(/^input 130: /),
    });
    const { scores } = await large.classify(blank);
    expect(scores.every(({ score }) => Number.isFinite(score))).toBe(true);
    large.dispose();
  });
});

describe('a model', () => {
  it('tells what it is', () => {
    expect(model).toMatchObject({
      name: 'tiny',
      version: 1,
      labels: ['a', 'b', 'c'],
      parameterCount: 168,
    });
    expect(model.input.range).toEqual([0, 255]);
  });

  it('survives export and loading', async () => {
    const again = await loadModel(await model.export());
    expect(await again.classify(sample)).toEqual(await model.classify(sample));
    const half = await loadModel(await model.export('float16'));
    expect((await half.classify(sample)).margin).toBeCloseTo(
      (await model.classify(sample)).margin,
      1,
    );
    again.dispose();
    half.dispose();
  });

  it('frees everything it took, also from an engine that is not its own', async () => {
    await startTfjsInNode();
    const before = tf.memory().numTensors;
    const other = new Model(new TfjsBackend(), {
      spec,
      weights: initialWeights(spec.network, 2),
    });
    await other.classify(sample);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
    const weights = initialWeights(spec.network, 2);
    weights.get('layers.0.bias')?.fill(Number.NaN);
    expect(() => new Model(new TfjsBackend(), { spec, weights })).toThrow('layers.0.bias');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives back what looking at its numbers took, where the engine has no room for that', async () => {
    await startTfjsInNode();
    const full = new HffError('backend/memory', 'full');
    class FullBackend extends TfjsBackend {
      override project(): void {
        throw full;
      }
    }
    const before = tf.memory().numTensors;
    const weights = initialWeights(spec.network, 2);
    expect(() => new Model(new FullBackend(), { spec, weights })).toThrow(full);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('that was disposed says so instead of answering, and may be disposed again', async () => {
    const gone = await loadModel({ spec, weights: initialWeights(spec.network, 1) });
    const kept = await loadModel({ spec, weights: initialWeights(spec.network, 1) });
    gone.dispose();
    gone.dispose();
    const message = 'Model tiny was disposed';
    await expect(gone.classify(sample)).rejects.toThrow(message);
    await expect(gone.classifyBatch([])).rejects.toThrow(message);
    await expect(gone.export()).rejects.toThrow(message);
    expect(await kept.classify(sample)).toEqual(await model.classify(sample));
    kept.dispose();
  });

  it('that is not there is said to be missing, with where it was looked for', async () => {
    await expect(loadModel('no/such/file.safetensors')).rejects.toMatchObject({
      code: 'data/not-found',
      message: expect.stringContaining('no/such/file.safetensors'),
    });
    await expect(loadModel('http://127.0.0.1:9/model')).rejects.toMatchObject({
      code: 'data/not-found',
    });
  });
});
