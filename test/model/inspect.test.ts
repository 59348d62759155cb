/** Where a sample and the classes lie, and what each layer by itself would say. */
import { beforeEach, expect, it } from 'vitest';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { draw, drawAll, drawnModel, drawnSet, trainDrawn } from './drawn-model.ts';

let model: Model;

beforeEach(async () => {
  model = await drawnModel();
  return () => model.dispose();
});

const length = (values: Float32Array): number => Math.hypot(...values);

it('tells the unit activations of all layers, side by side', async () => {
  const { features } = await model.inspect(draw(3, 1));
  expect(features).toHaveLength(50 + 40);
  expect(length(features.subarray(0, 50))).toBeCloseTo(1, 5);
  expect(length(features.subarray(50))).toBeCloseTo(1, 5);
});

it('tells a vote for each layer, over all classes, that mostly is right', async () => {
  const votes = await Promise.all(
    drawAll([0, 1, 2, 3, 4, 5, 6, 7], 5, 100).map(
      async (sample) => (await model.inspect(sample)).layers,
    ),
  );
  for (const layers of votes) {
    expect(layers).toHaveLength(2);
    for (const { label, scores } of layers) {
      const cosines = scores.map(({ score }) => score);
      expect(label).toBe(scores[0]?.label);
      expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
      expect(scores.map((each) => each.label).sort()).toEqual([...'01234567']);
      expect(Math.max(...cosines.map(Math.abs))).toBeLessThanOrEqual(1);
    }
  }
  const right = votes.filter((layers, i) => layers[1]?.label === String(Math.floor(i / 5)));
  expect(right.length).toBeGreaterThan(30);
});

it('tells of a taught class, whose only sample lies at its mean', async () => {
  await model.learn(draw(9, 1), 'nine', { augment: false });
  const { features, layers, classes } = await model.inspect(draw(9, 1));
  expect(classes.map(({ label }) => label)).toEqual([...'01234567', 'nine']);
  expect(classes.at(-1)?.mean).toEqual(features);
  expect(layers.map(({ label }) => label)).toEqual(['nine', 'nine']);
  expect(layers[0]?.scores[0]?.score).toBeCloseTo(1, 5);
  await model.forgetClass('nine');
  expect((await model.inspect(draw(9, 1))).classes).toHaveLength(8);
});

it('hands out copies', async () => {
  const { classes, features } = await model.inspect(draw(3, 1));
  const before = await model.classify(draw(3, 1));
  classes[0]?.mean.fill(0);
  features.fill(0);
  await model.learn(draw(3, 2), '3');
  await model.forget(draw(3, 2), '3');
  const after = await model.classify(draw(3, 1));
  expect(after.label).toBe(before.label);
  expect((await model.inspect(draw(3, 1))).classes[0]?.mean).not.toEqual(classes[0]?.mean);
});

it('refuses a bad sample, and models without statistics', async () => {
  await expect(model.inspect([1, 2])).rejects.toMatchObject({ code: 'input/shape' });
  const bare = await loadModel(await trainDrawn(drawnSet(80)));
  await expect(bare.inspect(draw(3, 1))).rejects.toMatchObject({ code: 'learn/no-statistics' });
  bare.dispose();
});
