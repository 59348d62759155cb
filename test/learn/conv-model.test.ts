/** Training, keeping and learning on a model with convolutions: digits that are drawn. */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import {
  beginTraining,
  evaluateModel,
  fileStore,
  loadModel,
  openModel,
  resumeTraining,
  type Snapshot,
} from '../../sdk/src/node.ts';
import {
  bySumsFile,
  convolvedFile,
  dataset,
  plan,
  trainConvolved,
  votedFile,
} from '../model/convolved-model.ts';
import { answers, draw, drawAll, expectSameAnswers, shareOf } from '../model/drawn-model.ts';

let trained: Snapshot;
let file: Uint8Array;
let voted: Uint8Array;

beforeAll(async () => {
  trained = await trainConvolved();
  file = bySumsFile(await convolvedFile(trained));
  voted = votedFile(file);
});

describe('training', () => {
  it('has layers that learn, one better than the other, and folds normalisation', async () => {
    const model = await loadModel(trained);
    const { accuracy, layerAccuracies } = evaluateModel(model, dataset);
    expect(accuracy).toBe(layerAccuracies[1]);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(layerAccuracies[0]).toBeGreaterThan(0.5);
    const names = [...trained.weights.keys()];
    expect(names.filter((name) => /mean|variance/.test(name))).toEqual([]);
  });

  it('goes on from a checkpoint to the same numbers', async () => {
    const whole = await beginTraining(dataset, plan);
    const checkpoints: Uint8Array[] = [];
    await whole.run({
      onEpoch: () => {
        checkpoints.push(whole.checkpoint());
      },
    });
    expect(whole.best()).toEqual(trained);
    const resumed = await resumeTraining(dataset, checkpoints[0] as Uint8Array);
    await resumed.run();
    expect(resumed.best()).toEqual(trained);
  });

  it('refuses fields, which are for dense layers', async () => {
    const options = { ...plan.options, fields: { least: 7, most: 14 } };
    await expect(beginTraining(dataset, { ...plan, options })).rejects.toMatchObject({
      code: 'option/invalid',
    });
  });
});

describe('a model with convolutions', () => {
  const files = [
    ['sums', () => file],
    ['sums with votes', () => voted],
  ] as const;

  it.each(files)('learns classes, forgets them exactly, and tells them, by %s', async (_, own) => {
    const model = await loadModel(own());
    const before = await answers(model);
    const lessons = drawAll([8, 9], 10);
    const judges = [8, 9].map((digit) => drawAll([digit], 20, 2000));
    await model.learnBatch(
      lessons,
      lessons.map((_, i) => (i < 10 ? '8' : '9')),
    );
    expect(await model.classes()).toContainEqual({ label: '9', base: 0, learned: 10 });
    for (const [i, label] of ['8', '9'].entries()) {
      expect(await shareOf(label, model, judges[i] as Uint8Array[])).toBeGreaterThan(0.6);
    }
    for (const lesson of lessons.slice(10)) await model.forget(lesson, '9');
    await model.forgetClass('8');
    expectSameAnswers(await answers(model), before);
  });

  it('leaves to the sums whether a sample is of a class that was learned', async () => {
    const [bySums, byBoth] = await Promise.all([loadModel(file), loadModel(voted)]);
    const judges = drawAll([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 20, 2000);
    let moved = 0;
    for (const label of ['8', '9']) {
      const lessons = drawAll([Number(label)], 2);
      for (const model of [bySums, byBoth]) {
        await model.learnBatch(
          lessons,
          lessons.map(() => label),
        );
      }
      for (const judge of judges) {
        const [one, other] = [await bySums.classify(judge), await byBoth.classify(judge)];
        expect(isLearned(other.label)).toBe(isLearned(one.label));
        if (isLearned(one.label)) expect(other.label).toBe(one.label);
        if (other.label !== one.label) moved++;
      }
    }
    expect(moved).toBeGreaterThan(20);
  });

  it.each(files)('decides the same exported, frozen and merged, by %s', async (_, own) => {
    const [model, other] = await Promise.all([loadModel(own()), loadModel(own())]);
    await model.learn(draw(8, 1), 'eight');
    await other.learn(draw(9, 1), 'nine');
    await model.merge(other);
    const expected = await answers(model);
    expectSameAnswers(await answers(await loadModel(await model.export())), expected);
    const frozen = await loadModel(await model.exportFrozen());
    expectSameAnswers(await answers(frozen), expected);
    const share = model.spec.statistics?.prototypeShare;
    expect(frozen.spec.statistics?.prototypeShare).toBe(share);
  });

  it.each(files)('knows a new class alone once all others are forgotten, by %s', async (_, own) => {
    const model = await loadModel(own());
    const samples = drawAll([8, 9], 10);
    const labels = samples.map((_, i) => (i < 10 ? '8' : '9'));
    await model.learnBatch(samples, labels);
    for (const label of model.labels) await model.forgetClass(label);
    const expected = await answers(model);
    expectSameAnswers(await answers(await loadModel(await model.exportFrozen())), expected);
    await model.adapt({ samples, labels, epochs: 3 });
    expect(await shareOf('9', model, drawAll([9], 20, 2000))).toBeGreaterThan(0.6);
    const again = await loadModel(await model.export());
    expectSameAnswers(await answers(again), await answers(model));
  });

  it.each(files)('adapts its layers, without normalisation from then on, by %s', async (_, own) => {
    const model = await loadModel(own());
    const samples = drawAll([0, 1, 2, 3, 4, 5, 6, 7], 10, 3000);
    const labels = samples.map((_, i) => String(Math.floor(i / 10)));
    const { kept, after } = await model.adapt({ samples, labels, epochs: 3 });
    expect(after).toBeGreaterThan(0.8);
    expect((await model.export()).length > 0 && model.version).toBe(kept ? 2 : 1);
  });

  it('needs no more room however often it adapts', async () => {
    const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
    const model = await loadModel(file, { backend });
    const { memory } = backend.parts.kernels;
    const samples = drawAll([0, 1, 2, 3, 4, 5, 6, 7], 6, 4000);
    const labels = samples.map((_, i) => String(Math.floor(i / 6)));
    const sizes: number[] = [];
    for (let round = 0; round < 5; round++) {
      await model.adapt({ samples, labels, epochs: 1, learningRate: 1e-4 });
      sizes.push(memory.buffer.byteLength);
    }
    expect(sizes[4]).toBe(sizes[1]);
  });

  it('is kept in a store and opened from there', async () => {
    const store = fileStore(await mkdtemp(join(tmpdir(), 'hff-conv-')));
    const model = await openModel('convolved', { store, source: file });
    await model.learn(draw(8, 1), 'eight');
    const expected = await answers(model);
    await model.flush();
    model.dispose();
    const again = await openModel('convolved', { store });
    expectSameAnswers(await answers(again), expected);
    again.dispose();
  });
});

function isLearned(label: string): boolean {
  return label === '8' || label === '9';
}
