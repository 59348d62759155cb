/** Two copies of a model that learned apart come to know the same. */
import { beforeEach, expect, it } from 'vitest';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import {
  answers,
  draw,
  drawAll,
  drawnModel,
  drawnSet,
  drawnSnapshot,
  expectSameAnswers,
  shareOf,
  trainDrawn,
} from './drawn-model.ts';

let here: Model;
let there: Model;

beforeEach(async () => {
  here = await drawnModel();
  there = await drawnModel();
  return () => {
    here.dispose();
    there.dispose();
  };
});

it('both ways, and twice, into equal decisions', async () => {
  await here.learnBatch(drawAll([8], 10), new Array(10).fill('eight'));
  await here.learn(draw(9, 1), 'nine');
  await there.learnBatch(drawAll([9], 10, 20), new Array(10).fill('nine'));
  await there.forgetClass('3');
  await here.merge(there);
  await there.merge(here);
  const merged = await answers(here);
  expect(await here.classes()).toEqual(await there.classes());
  expect((await here.classes()).slice(7)).toEqual([
    { label: 'eight', base: 0, learned: 10 },
    { label: 'nine', base: 0, learned: 11 },
  ]);
  expectSameAnswers(await answers(there), merged);
  expect(await shareOf('eight', there, drawAll([8], 50, 100))).toBeGreaterThan(0.9);
  expect(await shareOf('nine', here, drawAll([9], 50, 100))).toBeGreaterThan(0.9);

  await here.merge(there);
  await here.merge(here);
  expectSameAnswers(await answers(here), merged);
  const late = await drawnModel();
  await late.merge(here);
  expect(await answers(late)).toEqual(await answers(here));
  late.dispose();
});

it('equals having learned all of it in one place', async () => {
  const one = await drawnModel();
  for (const [i, sample] of drawAll([8, 9], 6).entries()) {
    const label = i < 6 ? 'eight' : 'nine';
    await (i % 2 ? here : there).learn(sample, label);
    await one.learn(sample, label);
  }
  await here.merge(there);
  expectSameAnswers(await answers(here), await answers(one));
  one.dispose();
});

it('lets the other forget what this one learned', async () => {
  const before = await answers(here);
  await here.learn(draw(8, 1), 'eight');
  await there.merge(here);
  await there.forget(draw(8, 1), 'eight');
  await here.merge(there);
  expect(await here.classes()).toHaveLength(8);
  expectSameAnswers(await answers(here), before);
});

it('leaves the other as it is, which may then go', async () => {
  await here.learn(draw(8, 1), 'eight');
  const before = await answers(there);
  await here.merge(there);
  expect(await answers(there)).toEqual(before);
  there.dispose();
  await expect(here.merge(there)).rejects.toThrow('was disposed');
  expect((await here.classify(draw(8, 1))).label).toBe('eight');
});

it('works between all loads of one model, but not of two', async () => {
  const { spec, weights } = await drawnSnapshot();
  const loaded = await loadModel(await here.export());
  const renamed = await loadModel({ spec: { ...spec, name: 'other', version: 2 }, weights });
  await loaded.learn(draw(8, 1), 'eight');
  await here.merge(loaded);
  await here.merge(renamed);
  expect((await here.classify(draw(8, 1))).label).toBe('eight');

  const before = await answers(here);
  const plain = await loadModel({ spec, weights });
  const rounded = await loadModel(await plain.export('int8'));
  const labels = spec.labels.with(0, 'nil');
  const relabelled = await loadModel({ spec: { ...spec, labels }, weights });
  const shorter = await loadModel(await trainDrawn(drawnSet(80)));
  for (const other of [rounded, relabelled]) {
    await expect(here.merge(other)).rejects.toMatchObject({ code: 'learn/foreign' });
  }
  await expect(here.merge(shorter)).rejects.toMatchObject({ code: 'learn/no-statistics' });
  expect(await answers(here)).toEqual(before);
  for (const other of [loaded, renamed, plain, rounded, relabelled, shorter]) other.dispose();
});
