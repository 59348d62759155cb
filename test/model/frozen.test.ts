/** A model that learned as one that only decides. */
import { expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { answers, draw, drawAll, drawnModel, expectSameAnswers } from './drawn-model.ts';

it('decides the same, holds no sample, and can be taught anew', async () => {
  const model = await drawnModel();
  await model.learnBatch(drawAll([8], 12), Array(12).fill('eight'));
  await model.learn(draw(9, 1), 'nine');
  await model.renameClass('1', 'one');
  await model.forgetClass('0');
  const file = await model.exportFrozen();
  expect(readSnapshot(file).learned).toBeUndefined();
  const frozen = await loadModel(file);
  expectSameAnswers(await answers(frozen), await answers(model), 1e-6);
  expect(frozen.labels).toEqual((await model.classes()).map(({ label }) => label));
  expect(await frozen.classes()).toEqual(
    (await model.classes()).map(({ label, base, learned }) => ({
      label,
      base: base + learned,
      learned: 0,
    })),
  );
  await frozen.learn(draw(9, 2), 'neun');
  expect((await frozen.classify(draw(9, 2))).label).toMatch(/nine|neun/);
  await expect(model.merge(frozen)).rejects.toMatchObject({ code: 'learn/foreign' });
  const sizeBefore = (await (await drawnModel()).export()).length;
  expect(file.length).toBeLessThan(1.2 * sizeBefore);
});

it('of a model that learned nothing decides like it', async () => {
  const model = await drawnModel();
  const frozen = await loadModel(await model.exportFrozen());
  expectSameAnswers(await answers(frozen), await answers(model), 1e-5);
});

it('of no classes is refused', async () => {
  const model = await drawnModel();
  for (const label of model.labels) await model.forgetClass(label);
  await expect(model.exportFrozen()).rejects.toMatchObject({ code: 'learn/no-classes' });
});
