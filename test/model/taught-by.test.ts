/** Who taught what: a poisoned model is cured by one call. */
import { expect, it } from 'vitest';
import { answers, draw, drawAll, drawnModel, expectSameAnswers, shareOf } from './drawn-model.ts';

it('what somebody taught, singly or in batches, and corrected is undone exactly', async () => {
  const [model, clean] = [await drawnModel(), await drawnModel()];
  for (const each of [model, clean]) {
    await each.learnBatch(drawAll([8], 12), Array(12).fill('eight'), { taughtBy: 'ann' });
    await each.learn(draw(9, 1), 'nine');
  }
  const eights = drawAll([8], 20, 500);
  const before = await shareOf('eight', model, eights);
  expect(before).toBeGreaterThan(0.7);

  const mallory = { taughtBy: 'mallory' };
  await model.learnBatch(drawAll([8], 60, 100), Array(60).fill('acht'), mallory);
  await model.learn(draw(8, 400), 'nine', mallory);
  await model.forget(draw(9, 1), 'nine', mallory);
  await model.relabel(draw(8, 0), 'eight', '5', mallory);
  expect(await shareOf('eight', model, eights)).toBeLessThan(before - 0.2);

  const heard: string[][] = [];
  model.on('change', ({ labels }) => heard.push([...labels]));
  await model.forgetTaughtBy('mallory');
  await model.forgetTaughtBy('mallory');
  await model.forgetTaughtBy('nobody');
  expect(heard).toHaveLength(1);
  expectSameAnswers(await answers(model), await answers(clean), 1e-9);
  expect(await model.classes()).toEqual(await clean.classes());

  // The other way round: what is right stays.
  await model.forgetTaughtBy('ann');
  expect((await model.classes()).map(({ label }) => label)).not.toContain('eight');
  expect((await model.classes()).at(-1)).toMatchObject({ label: 'nine', learned: 1 });
});

it('names are checked before anything is learned', async () => {
  const model = await drawnModel();
  const before = await model.classes();
  for (const taughtBy of ['', 'a b', 'a_2', 'x'.repeat(25)]) {
    const refusal = { code: 'option/invalid', message: expect.stringContaining('taughtBy') };
    await expect(model.learn(draw(8, 1), 'x', { taughtBy })).rejects.toMatchObject(refusal);
    await expect(model.forgetTaughtBy(taughtBy)).rejects.toMatchObject(refusal);
  }
  expect(await model.classes()).toEqual(before);
});
