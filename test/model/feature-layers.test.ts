/** Which layers' units a model learns by is the user's choice. */
import { expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { addStatistics, loadModel } from '../../sdk/src/node.ts';
import { draw, drawAll, drawnSet, drawnSnapshot, trainDrawn } from './drawn-model.ts';

const dataset = drawnSet(800);

async function modelBy(features: readonly number[]) {
  const { spec, weights } = readSnapshot(await trainDrawn(dataset));
  const chosen = { ...spec, network: { ...spec.network, features } };
  const bytes = await (await loadModel({ spec: chosen, weights })).export();
  return loadModel(await addStatistics(bytes, dataset));
}

it('takes the units of the layers named, in their order', async () => {
  const all = await loadModel(await drawnSnapshot());
  const sample = new Float32Array(784).fill(0.5);
  const [first, last] = [await modelBy([0]), await modelBy([1])];
  const whole = all.network.features(sample, 1);
  expect(whole).toHaveLength(90);
  expect(first.network.features(sample, 1)).toEqual(whole.subarray(0, 50));
  expect(last.network.features(sample, 1)).toEqual(whole.subarray(50));
});

it('learns by them, also from a file, and joins no model that learns by others', async () => {
  const last = await modelBy([1]);
  await last.learnBatch(drawAll([8], 10), new Array(10).fill('8'));
  expect((await last.classify(draw(8, 99))).label).toBe('8');
  const again = await loadModel(await last.export());
  expect(again.network.featureSize).toBe(40);
  expect((await again.classify(draw(8, 99))).label).toBe('8');
  const all = await loadModel(await drawnSnapshot());
  await expect(all.merge(last)).rejects.toMatchObject({ code: 'learn/foreign' });
});
