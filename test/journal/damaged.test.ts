/** Entries that were damaged where they lie: what follows them counts, and other devices give them back. */
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { StoredTensor } from '../../sdk/src/format/safetensors.ts';
import { importModel, type Model, openModel, type Store } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { learnerFiles, withTensors } from '../format/tiny-snapshot.ts';
import { answers, draw, drawnModel, expectSameAnswers } from '../model/drawn-model.ts';

let source: Uint8Array;
let store: Store;

beforeAll(async () => {
  source = await (await drawnModel()).export();
});

beforeEach(() => {
  store = memoryStore();
});

async function flipByte(key: string): Promise<void> {
  const bytes = (await store.load(key)) as Uint8Array;
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] as number) ^ 16;
  await store.remove(key);
  await store.create(key, bytes);
}

const entry = (n: number): string => `drawn/log/${String(n).padStart(12, '0')}`;
const eights = async (model: Model): Promise<number> =>
  (await model.classes()).find(({ label }) => label === 'eight')?.learned ?? 0;

/** Learns so many samples, one entry each; entry 0 is the model. */
async function taught(count: number): Promise<Model> {
  const model = await openModel('drawn', { store, source });
  for (let hand = 0; hand < count; hand++) await model.learn(draw(8, hand), 'eight');
  return model;
}

it.each([
  ['the first', 1],
  ['one in the middle', 5],
  ['the last', 9],
])('%s: all others count, once and for all', async (_, n) => {
  await taught(9);
  await flipByte(entry(n));
  const model = await openModel('drawn', { store });
  expect(model.lost).toEqual([entry(n)]);
  expect(await eights(model)).toBe(8);
  await model.learn(draw(8, 100), 'eight');
  const again = await openModel('drawn', { store });
  // It was told once, and the store has been mended.
  expect(again.lost).toEqual([]);
  expect(await eights(again)).toBe(9);
});

it('what another device knows comes back, and counts once', async () => {
  const model = await taught(9);
  const other = await openModel('drawn', { store: memoryStore(), source });
  await other.apply(await model.changesSince(await other.versions()));
  for (const n of [3, 4, 9]) await flipByte(entry(n));
  const rest = await openModel('drawn', { store });
  expect(rest.lost).toEqual([entry(3), entry(4), entry(9)]);
  expect(await eights(rest)).toBe(6);
  // Its own learning goes on before it hears of the other.
  await rest.learn(draw(8, 100), 'eight');
  await rest.apply(await other.changesSince(await rest.versions()));
  await other.apply(await rest.changesSince(await other.versions()));
  for (const each of [rest, other]) expect(await eights(each)).toBe(10);
  const again = await openModel('drawn', { store });
  expect(await eights(again)).toBe(10);
  const [theirs, own] = [await other.changesSince(), await again.changesSince()];
  expect(Buffer.from(own).equals(theirs)).toBe(true);
  expectSameAnswers(await answers(again), await answers(other), 1e-9);
});

it('an entry that is missing is like a damaged one', async () => {
  await taught(5);
  await store.remove(entry(2));
  const model = await openModel('drawn', { store });
  expect(model.lost).toEqual([entry(2)]);
  expect(await eights(model)).toBe(4);
});

it('layers are taken from the source again', async () => {
  await taught(3);
  const [base] = await store.list('drawn/base/');
  await flipByte(base as string);
  await expect(openModel('drawn', { store })).rejects.toMatchObject({
    code: 'store/damaged',
    message: expect.stringContaining(base as string),
  });
  const other = await (await drawnModel()).export('int8');
  await expect(openModel('drawn', { store, source: other })).rejects.toMatchObject({
    code: 'store/damaged',
  });
  expect(await eights(await openModel('drawn', { store, source }))).toBe(3);
  expect(await eights(await openModel('drawn', { store }))).toBe(3);
});

it('where nothing is left to begin with, that is said', async () => {
  const model = await openModel('drawn', { store, source });
  await flipByte(entry(0));
  // Only what was about to begin is lost.
  expect(await eights(await openModel('drawn', { store, source }))).toBe(0);
  await model.learn(draw(8, 0), 'eight');
  expect(await eights(await openModel('drawn', { store }))).toBe(1);
  await flipByte(entry(1));
  await expect(openModel('drawn', { store, source })).rejects.toMatchObject({
    code: 'store/damaged',
    message: expect.stringContaining('removeModel'),
  });
});

it('two that find the damage at once mend it once', async () => {
  await taught(6);
  await flipByte(entry(2));
  const [a, b] = await Promise.all([openModel('drawn', { store }), openModel('drawn', { store })]);
  await Promise.all([a.learn(draw(8, 50), 'eight'), b.learn(draw(8, 51), 'eight')]);
  const again = await openModel('drawn', { store });
  expect(await eights(again)).toBe(7);
  expect(again.lost).toEqual([]);
  await a.flush();
  expect(await eights(a)).toBe(7);
});

it('a model with damaged statistics takes the place of none', async () => {
  const damaged = withTensors(
    'float32',
    (tensors) => {
      const name = 'statistics.variances';
      const { shape } = tensors.get(name) as StoredTensor;
      tensors.set(name, { shape, values: new Float32Array(14).fill(-1) });
    },
    learnerFiles,
  );
  const refusal = { code: 'snapshot/inconsistent' };
  await expect(openModel('drawn', { store, source: damaged })).rejects.toMatchObject(refusal);
  await taught(2);
  await expect(importModel(damaged, { store, name: 'drawn' })).rejects.toMatchObject(refusal);
  expect(await eights(await openModel('drawn', { store }))).toBe(2);
});
