/** A model that is disposed while it takes in what others stored gives its room back, once. */
import { expect, it } from 'vitest';
import { readEntry, type SnapshotEntry, writeEntry } from '../../sdk/src/journal/entry.ts';
import { entryKey } from '../../sdk/src/journal/keys.ts';
import { Model } from '../../sdk/src/model.ts';
import { openModel } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { startEngine } from '../format/start-engine.ts';
import { name, sampleOf, source } from './taught-stores.ts';

it('and leaves other models of the same engine as they are', async () => {
  const backend = await startEngine();
  const other = await Model.load(backend, source);
  const expected = await other.classify(sampleOf(1));
  for (let turns = 0; turns < 12; turns++) {
    const store = memoryStore();
    const model = await openModel(name, { store, source, backend });
    await model.learn(sampleOf(2), 'new');
    const first = entryKey(name, 0);
    const start = readEntry((await store.load(first)) as Uint8Array, first) as SnapshotEntry;
    // The model hears of it, and is gone before it has read it.
    await store.create(entryKey(name, 2), writeEntry({ ...start, replica: 'anew' }));
    for (let turn = 0; turn < turns; turn++) await undefined;
    model.dispose();
    await new Promise((resolve) => setTimeout(resolve, 5));
    // Room that was given back twice would be taken twice.
    const models: Model[] = [];
    while (models.length < 4) models.push(await Model.load(backend, source));
    for (const each of [other, ...models]) {
      expect(await each.classify(sampleOf(1))).toEqual(expected);
    }
    for (const each of models) each.dispose();
  }
});
