/** What is told of a store that is damaged in one way or another. */
import { beforeAll, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { entryKey } from '../../sdk/src/journal/keys.ts';
import { openModel } from '../../sdk/src/node.ts';
import type { Store } from '../../sdk/src/stores.ts';
import { startEngine } from '../format/start-engine.ts';
import { name, sampleOf, source, storeOf, type TaughtStore, taughtStore } from './taught-stores.ts';

let backend: Backend;
let taught: TaughtStore;

beforeAll(async () => {
  backend = await startEngine();
  taught = await taughtStore(backend, ['one', 'two', 'three', 'four', 'five', 'six']);
});

it('names each entry that is missing, not only the first of those in a row', async () => {
  const now = new Map(taught.values);
  const missing = [2, 3, 4].map((n) => entryKey(name, n));
  for (const key of missing) now.delete(key);
  const model = await openModel(name, { store: await storeOf(now), backend });
  expect(model.lost).toEqual(missing);
  const labels = (await model.classes()).map(({ label }) => label);
  expect(labels.slice(3)).toEqual(['five', 'one', 'six']);
  model.dispose();
});

it('refuses a journal that begins with a change to nothing', async () => {
  const now = new Map(taught.values);
  now.set(entryKey(name, 0), now.get(entryKey(name, 1)) as Uint8Array);
  const opening = openModel(name, { store: await storeOf(now), source, backend });
  await expect(opening).rejects.toMatchObject({
    code: 'store/damaged',
    message: expect.stringContaining(entryKey(name, 0)),
  });
});

it.each([
  ['of an entry that is told of, and cannot be loaded', entryKey(name, 9)],
  ['that is like one of an entry', `${entryKey(name, 9)}.copy`],
])('passes over a key %s', async (_, stray) => {
  const store = await storeOf(taught.values);
  const list = async (prefix: string): Promise<string[]> => [
    ...(await store.list(prefix)),
    ...(stray.startsWith(prefix) ? [stray] : []),
  ];
  const lagging: Store = {
    list,
    load: (key) => store.load(key),
    create: (key, bytes) => store.create(key, bytes),
    remove: (key) => store.remove(key),
  };
  const model = await openModel(name, { store: lagging, backend });
  expect(model.lost).toEqual([]);
  await model.learn(sampleOf(20), 'later');
  model.dispose();
  const again = await openModel(name, { store, backend });
  expect(again.lost).toEqual([]);
  expect((await again.classes()).map(({ label }) => label)).toContain('later');
  again.dispose();
});
