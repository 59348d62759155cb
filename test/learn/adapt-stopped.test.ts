/** All or nothing: an adaptation that does not end leaves the model as it was. */
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { answers, draw, drawAll, drawnModel, drawnSnapshot } from '../model/drawn-model.ts';

const known = [0, 1, 2, 3, 4, 5, 6, 7];
const samples = drawAll(known, 14);
const labels: string[] = known.flatMap((digit) => Array.from({ length: 14 }, () => `${digit}`));
/** 88 samples to learn from, in 2 batches an epoch. */
const settings = { samples, labels, epochs: 2, learningRate: 1e-4 };
const batches = 4;

let model: Model;

beforeEach(async () => {
  model = await drawnModel();
  return () => model.dispose();
});

describe('adapt', () => {
  it('can be given up after every batch', async () => {
    await model.learn(draw(8, 1), 'eight');
    await model.forgetClass('eight');
    const before = [await answers(model), await model.classes(), model.spec, await model.export()];
    for (let last = 1; last <= batches; last++) {
      const controller = new AbortController();
      let heard = 0;
      const end = model.on('progress', () => {
        if (++heard === last) controller.abort(new Error(`after ${last}`));
      });
      const run = model.adapt({ ...settings, signal: controller.signal });
      await expect(run).rejects.toThrow(`after ${last}`);
      end();
      expect(heard).toBe(last);
      expect([
        await answers(model),
        await model.classes(),
        model.spec,
        await model.export(),
      ]).toEqual(before);
    }
    const other = await drawnModel();
    expect(await model.adapt(settings)).toEqual(await other.adapt(settings));
    expect(await model.export()).toEqual(await other.export());
  });

  it('needs no more room however often it is made or given up', async () => {
    const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
    const own = await loadModel(await drawnSnapshot(), { backend });
    const { memory } = backend.parts.kernels;
    const sizes: number[] = [];
    for (let round = 0; round < 5; round++) {
      await own.adapt(settings);
      const controller = new AbortController();
      const end = own.on('progress', () => controller.abort(new Error('enough')));
      await expect(own.adapt({ ...settings, signal: controller.signal })).rejects.toThrow('enough');
      end();
      sizes.push(memory.buffer.byteLength);
    }
    expect(sizes[4]).toBe(sizes[1]);
  });

  it('does not begin where it was given up before', async () => {
    const signal = AbortSignal.abort(new Error('no'));
    await expect(model.adapt({ ...settings, signal })).rejects.toThrow('no');
    expect(model.version).toBe(1);
  });

  it('tells how far it is and leaves the model to others', async () => {
    const heard: { done: number; total: number }[] = [];
    model.on('progress', (progress) => heard.push(progress));
    const before = await answers(model);
    const run = model.adapt(settings);
    expect(await answers(model)).toEqual(before);
    const { kept } = await run;
    expect(kept).toBe(true);
    expect(heard.map(({ done }) => done)).toEqual([64, 88, 152, 176]);
    expect(heard.every(({ total }) => total === 176)).toBe(true);
  });

  it('has what is to be learned wait', async () => {
    const ended: string[] = [];
    const run = [
      model.adapt(settings).then(() => ended.push('adapt')),
      model.learn(draw(8, 1), 'eight').then(() => ended.push('learn')),
      model
        .adapt({ ...settings, seed: 2, labels: [...labels] })
        .catch(({ code }) => ended.push(code)),
    ];
    await Promise.all(run);
    // The class has one sample by then, which is not at hand.
    expect(ended).toEqual(['adapt', 'learn', 'learn/too-few']);
    expect((await model.classes()).at(-1)).toEqual({ label: 'eight', base: 0, learned: 1 });
  });

  it('gives way to what was being learned before', async () => {
    const many = Array.from({ length: 400 }, () => samples).flat();
    const learned = model.learnBatch(
      many,
      many.map(() => 'new'),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const outcomes = await Promise.allSettled([model.adapt(settings), learned]);
    // Whichever is ready first stands; the other has changed nothing.
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed).toMatchObject([{ reason: { code: 'learn/changed' } }]);
    const classes = await model.classes();
    expect(classes.length).toBe(model.version === 1 ? 9 : 8);
  });

  it('ends when the model is disposed', async () => {
    const run = model.adapt(settings);
    model.on('progress', () => model.dispose());
    await expect(run).rejects.toThrow('disposed');
  });

  it('refuses classes without samples, and options out of range', async () => {
    const short = { samples: samples.slice(0, -13), labels: labels.slice(0, -13) };
    await expect(model.adapt(short)).rejects.toMatchObject({
      code: 'learn/too-few',
      message: expect.stringContaining('"7"'),
    });
    await expect(model.adapt()).rejects.toMatchObject({ code: 'learn/too-few' });
    const alike = { samples: samples.map(() => draw(1, 1)), labels };
    await expect(model.adapt(alike)).rejects.toMatchObject({ code: 'learn/too-few' });
    const wrong = [{ epochs: 0 }, { epochs: 1.5 }, { learningRate: 0 }, { seed: Number.NaN }];
    for (const option of wrong) {
      const run = model.adapt({ ...settings, ...option });
      await expect(run).rejects.toMatchObject({ code: 'option/invalid' });
    }
    const unlabelled = model.adapt({ samples });
    await expect(unlabelled).rejects.toMatchObject({ code: 'option/invalid' });
    expect(model.version).toBe(1);
  });
});
