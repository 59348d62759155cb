/** Ten thousand classes of one sample each, at once and one by one. */
import { expect, test } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { drawnModel } from './drawn-model.ts';

const count = 10_000;

test('are learned, and each found again', async () => {
  const random = new Random(7);
  const samples = Array.from({ length: count }, () =>
    Uint8Array.from({ length: 784 }, () => (random.uniform() < 0.2 ? random.integer(256) : 0)),
  );
  const labels = samples.map((_, i) => `class ${i}`);
  const half = count / 2;
  const model = await drawnModel();
  await model.learnBatch(samples.slice(0, half), labels.slice(0, half));
  for (let i = half; i < count; i++) {
    await model.learn(samples[i] as Uint8Array, labels[i] as string, { augment: false });
  }
  expect(await model.classes()).toHaveLength(count + 8);
  const places = Array.from({ length: 200 }, (_, i) => (i * count) / 200);
  const decided = await model.classifyBatch(
    places.map((place) => samples[place] as Uint8Array),
    { topK: 1 },
  );
  const right = decided.filter(({ label }, i) => label === labels[places[i] as number]);
  expect(right.length).toBeGreaterThan(190);
  model.dispose();
});
