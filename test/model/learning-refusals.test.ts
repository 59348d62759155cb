/** What cannot be learned is refused with a code, and leaves the model as it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import { type Classification, loadModel, Model, type Sample } from '../../sdk/src/node.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import {
  answers,
  draw,
  drawAll,
  drawnModel,
  drawnSnapshot,
  expectSameAnswers,
} from './drawn-model.ts';

let model: Model;
let before: Classification[];

beforeAll(async () => {
  model = await drawnModel();
  await model.learn(draw(8, 1), 'eight');
  before = await answers(model);
});

afterAll(() => model.dispose());

async function expectRefused(code: string, operate: () => Promise<unknown>): Promise<void> {
  const classes = await model.classes();
  await expect(operate()).rejects.toMatchObject({ name: 'HffError', code });
  expect(await model.classes()).toEqual(classes);
  expect(await answers(model)).toEqual(before);
}

const good = draw(9, 1);

describe('samples', () => {
  const bad: [string, Sample, string][] = [
    ['too few values', good.subarray(1), 'input/shape'],
    ['nothing', undefined as unknown as Sample, 'input/shape'],
    ['NaN', Array.from(good).with(3, Number.NaN), 'input/not-finite'],
    ['infinity', Array.from(good).with(3, Number.POSITIVE_INFINITY), 'input/not-finite'],
    ['a grey of 256', Array.from(good).with(3, 256), 'input/range'],
    ['an image without data', { width: 3, height: 3, data: new Uint8Array(2) }, 'input/shape'],
  ];
  it.each(bad)('%s', async (_, sample, code) => {
    await expectRefused(code, () => model.learn(sample, 'nine'));
    await expectRefused(code, () => model.forget(sample, 'eight'));
    await expectRefused(code, () => model.relabel(sample, 'eight', 'nine'));
    const batch = [...drawAll([9], 3), sample, good];
    await expectRefused(code, () =>
      model.learnBatch(
        batch,
        batch.map(() => 'nine'),
      ),
    );
    await expect(
      model.learnBatch(
        batch,
        batch.map(() => 'nine'),
      ),
    ).rejects.toThrow(/^input 3: /);
  });
});

describe('labels', () => {
  const bad: [string, unknown][] = [
    ['none', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 7],
    ['an object', { toString: () => 'nine' }],
    ['257 characters', 'n'.repeat(257)],
    ['half a character', 'n\ud83d'],
  ];
  it.each(bad)('%s', async (_, value) => {
    const label = value as string;
    await expectRefused('learn/label', () => model.learn(good, label));
    await expectRefused('learn/label', () => model.relabel(draw(8, 1), 'eight', label));
    await expectRefused('learn/label', () => model.renameClass('eight', label));
    await expectRefused('learn/label', () => model.forgetClass(label));
    await expectRefused('learn/label', () => model.forget(draw(8, 1), label));
    const batch = drawAll([9], 3);
    await expectRefused('learn/label', () => model.learnBatch(batch, ['nine', label, 'nine']));
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '1:eight', ' ', '\0', '9️⃣'])(
    'but not %j, which is a name like any other',
    async (label) => {
      await expectRefused('learn/unknown-class', () => model.forgetClass(label));
      await expectRefused('learn/unknown-class', () => model.forget(good, label));
      await model.learn(good, label);
      expect((await model.classify(good)).label).toBe(label);
      expect((await model.classes()).at(-1)?.learned).toBe(1);
      await model.renameClass(label, 'other');
      await model.renameClass('other', label);
      await model.forget(good, label);
      expectSameAnswers(await answers(model), before);
      before = await answers(model);
    },
  );
});

describe('calls', () => {
  it('with another number of labels than samples', async () => {
    const batch = drawAll([9], 3);
    for (const labels of [['nine'], ['nine', 'nine', 'nine', 'nine'], []]) {
      await expectRefused('option/invalid', () => model.learnBatch(batch, labels));
      await expectRefused('option/invalid', () => model.partialFit(batch, labels));
    }
  });

  it('about classes that are not there', async () => {
    await expectRefused('learn/unknown-class', () => model.forgetClass('nine'));
    await expectRefused('learn/unknown-class', () => model.forget(good, 'nine'));
    await expectRefused('learn/unknown-class', () => model.relabel(good, 'nine', 'eight'));
    await expectRefused('learn/unknown-class', () => model.renameClass('nine', 'ten'));
  });

  it('about samples that were never learned', async () => {
    await expectRefused('learn/not-learned', () => model.forget(draw(8, 2), 'eight'));
    await expectRefused('learn/not-learned', () => model.forget(draw(8, 1), '7'));
    await expectRefused('learn/not-learned', () => model.relabel(draw(8, 2), 'eight', 'nine'));
  });

  it('to give a class the name of another', async () => {
    await expectRefused('learn/exists', () => model.renameClass('eight', '7'));
    await expectRefused('learn/exists', () => model.renameClass('7', 'eight'));
  });
});

describe('models', () => {
  it('without statistics classify, but do not learn', async () => {
    const { spec, weights } = await drawnSnapshot();
    const { statistics: _, ...rest } = spec;
    const layers = [...weights].filter(([name]) => name.startsWith('layers.'));
    const plain = await loadModel({ spec: rest, weights: new Map(layers) });
    for (let i = 0; i < 2; i++) {
      await expect(plain.learn(good, 'nine')).rejects.toMatchObject({
        code: 'learn/no-statistics',
      });
    }
    await expect(plain.learnBatch([], [])).rejects.toMatchObject({ code: 'learn/no-statistics' });
    expect(await plain.classes()).toContainEqual({ label: '7', base: 0, learned: 0 });
    const { familiarity, unknown, scores } = await plain.classify(good, { unknownBelow: 1 });
    expect({ familiarity, unknown }).toEqual({ familiarity: 1, unknown: false });
    expect(scores.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 10);
    await expect(model.merge(plain)).rejects.toMatchObject({ code: 'learn/no-statistics' });
    expect(await (await loadModel(await plain.export())).classify(good)).toEqual(
      await plain.classify(good),
    );
    // However far learning has begun when the model goes, nothing is left that nobody catches.
    for (let turns = 0; turns < 6; turns++) {
      const going = await loadModel(await plain.export());
      const late = going.learn(good, 'nine');
      late.catch(() => {});
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      going.dispose();
      await expect(late).rejects.toThrow();
    }
    plain.dispose();
  });

  it('whose kernels for learning could not be loaded classify, and ask for them again', async () => {
    let attempts = 0;
    const backend = new SimdBackend(await nodeKernels(), () => {
      attempts++;
      if (attempts === 1) throw new Error('no network');
      return nodeExtraKernels();
    });
    const late = new Model(backend, await drawnSnapshot());
    const known = await answers(late);
    await expect(late.learn(good, 'nine')).rejects.toThrow('no network');
    expect(await answers(late)).toEqual(known);
    await late.learn(good, 'nine');
    expect(await late.classes()).toContainEqual({ label: 'nine', base: 0, learned: 1 });
    expect(attempts).toBe(2);
    late.dispose();
  });

  it('on another engine classify, but do not learn', async () => {
    await startTfjsInNode();
    const other = new Model(new TfjsBackend(), await drawnSnapshot());
    await expect(other.learn(good, 'nine')).rejects.toMatchObject({ code: 'backend/unavailable' });
    const fresh = await drawnModel();
    expectSameAnswers(await answers(other), await answers(fresh), 1e-4);
    fresh.dispose();
    other.dispose();
  });
});
