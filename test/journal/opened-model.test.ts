/** A model in a store as its user has it: opened, taught, exported, imported, reset, compacted, removed. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import {
  importModel,
  loadModel,
  type OpenedModel,
  openModel,
  removeModel,
  type Store,
} from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { answers, draw, drawnModel, expectSameAnswers } from '../model/drawn-model.ts';

let source: Uint8Array;
let store: Store;

beforeAll(async () => {
  source = await (await drawnModel()).export();
});

beforeEach(() => {
  store = memoryStore();
});

async function counts(model: OpenedModel): Promise<Record<string, number>> {
  const learned = (await model.classes()).filter((each) => each.learned > 0);
  return Object.fromEntries(learned.map((each) => [each.label, each.learned]));
}

async function teach(model: OpenedModel, label: string, first: number, count = 3): Promise<void> {
  for (let hand = first; hand < first + count; hand++) await model.learn(draw(8, hand), label);
}

/** All bytes in the store, under all keys. */
async function stored(): Promise<string> {
  const keys = await store.list('');
  const all = await Promise.all(keys.map((key) => store.load(key)));
  return Buffer.concat(all as Uint8Array[]).toString('latin1');
}

describe('a model in a store', () => {
  it('comes from its source once, then from the store, with all it learned', async () => {
    const model = await openModel('drawn', { store, source });
    await teach(model, 'eight', 0);
    await model.renameClass('1', 'one');
    await model.forgetClass('2');
    const again = await openModel('drawn', { store });
    expect(await again.classes()).toEqual(await model.classes());
    expectSameAnswers(await answers(again), await answers(model), 1e-9);
    expect(again.lost).toEqual([]);
  });

  it('says that there is none, and what a name may be', async () => {
    await expect(openModel('drawn', { store })).rejects.toMatchObject({ code: 'data/not-found' });
    for (const name of ['', 'a/b', '__proto__', '../x']) {
      const opened = openModel(name, { store, source });
      await expect(opened).rejects.toMatchObject({ code: 'option/invalid' });
    }
    expect(await store.list('')).toEqual([]);
  });

  it('is another one under another name', async () => {
    const [a, b] = [
      await openModel('a', { store, source }),
      await openModel('b', { store, source }),
    ];
    await teach(a, 'eight', 0);
    expect(await counts(b)).toEqual({});
    await removeModel('a', { store });
    await teach(b, 'neun', 0);
    expect(await counts(await openModel('b', { store }))).toEqual({ neun: 3 });
    expect((await store.list('')).every((key) => key.startsWith('b/'))).toBe(true);
  });

  it('that was removed is told to whoever has it open', async () => {
    const model = await openModel('drawn', { store, source });
    await teach(model, 'eight', 0);
    await removeModel('drawn', { store });
    for (const change of [
      () => teach(model, 'eight', 3),
      () => model.reset(),
      () => model.compact(),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'store/conflict' });
    }
    expect(await store.list('drawn/log/')).toEqual([]);
  });

  it('goes to another device as bytes, with what it learned', async () => {
    const model = await openModel('drawn', { store, source });
    await teach(model, 'eight', 0);
    await model.forgetClass('3');
    const bytes = await model.export();
    const loaded = await loadModel(bytes);
    expectSameAnswers(await answers(loaded), await answers(model), 1e-9);
    // Taught on, it can be joined with the one that it came from.
    await loaded.learn(draw(9, 1), 'neun');
    await model.merge(loaded);
    expect(await counts(model)).toEqual({ eight: 3, neun: 1 });
    const imported = await importModel(await loaded.export(), { store: memoryStore(), name: 'x' });
    expect(await counts(imported)).toEqual({ eight: 3, neun: 1 });
    await expect(model.export('int8')).rejects.toMatchObject({ code: 'learn/foreign' });
  });

  it('takes the place of another, of which nothing is left', async () => {
    const model = await openModel('drawn', { store, source });
    await teach(model, 'gone for good', 0);
    const other = await importModel(source, { store });
    expect(await counts(other)).toEqual({});
    expect(await stored()).not.toContain('gone for good');
    // Who had the old one open has the new one, once it learns or hears of it.
    await teach(model, 'eight', 0);
    expect(await counts(model)).toEqual({ eight: 3 });
    expect(await counts(await openModel('drawn', { store }))).toEqual({ eight: 3 });
  });

  it('forgets all of it, in the store too, and goes on', async () => {
    const model = await openModel('drawn', { store, source });
    const plain = await loadModel(source);
    await teach(model, 'gone for good', 0);
    await model.reset();
    expectSameAnswers(await answers(model), await answers(plain), 1e-9);
    expect(await stored()).not.toContain('gone for good');
    await teach(model, 'eight', 0);
    expect(await counts(await openModel('drawn', { store }))).toEqual({ eight: 3 });
  });

  it('keeps nothing of what was forgotten once it is compacted', async () => {
    const model = await openModel('drawn', { store, source });
    const beside = await openModel('drawn', { store });
    await teach(model, 'secret', 0);
    await teach(model, 'eight', 3, 5);
    await model.forgetClass('secret');
    const { replicas } = readChanges(await model.changesSince());
    const [row] = replicas[0]?.cells.find(({ id }) => id === '1:eight')?.moments.plus ?? [];
    const isStored = async (): Promise<boolean> =>
      (await stored()).includes(
        Buffer.from(Float32Array.from(row ?? []).buffer).toString('latin1'),
      );
    expect(await isStored()).toBe(true);
    await model.forget(draw(8, 3), 'eight');
    await model.compact();
    expect(await store.list('drawn/log/')).toHaveLength(1);
    expect(await isStored()).toBe(false);
    await teach(model, 'eight', 20);
    await teach(beside, 'eight', 30);
    for (const each of [beside, await openModel('drawn', { store })]) {
      expect(await counts(each)).toEqual({ eight: 10 });
    }
  });

  it('grows with what was learned, not with how often', async () => {
    const model = await openModel('drawn', { store, source });
    for (let i = 0; i < 700; i++) {
      await model.learn(draw(8, 1), 'eight', { augment: false });
      await model.forget(draw(8, 1), 'eight');
    }
    await model.flush();
    const entries = await store.list('drawn/log/');
    expect(entries.length).toBeLessThan(700);
    expect((await openModel('drawn', { store })).lost).toEqual([]);
  });

  it('has layers that were adapted, until it is reset', async () => {
    const model = await openModel('drawn', { store, source });
    const samples = Array.from({ length: 40 }, (_, i) => draw(i % 8, 900 + i));
    const labels = samples.map((_, i) => String(i % 8));
    const { kept } = await model.adapt({ samples, labels, epochs: 2, seed: 3 });
    expect(kept).toBe(true);
    await teach(model, 'eight', 0);
    const again = await openModel('drawn', { store });
    expect(again.version).toBe(model.version);
    expectSameAnswers(await answers(again), await answers(model), 1e-9);
    await again.reset();
    const plain = await loadModel(source);
    expectSameAnswers(await answers(again), await answers(plain), 1e-9);
    // The other one follows with its next change.
    await teach(model, 'neun', 0);
    expect(model.version).toBe(1);
    expect(await counts(await openModel('drawn', { store }))).toEqual({ neun: 3 });
  });

  it('is heard of where it is open, too', async () => {
    const [model, beside] = [
      await openModel('drawn', { store, source }),
      await openModel('drawn', { store }),
    ];
    const heard = new Promise((resolve) => beside.on('change', resolve));
    await teach(model, 'eight', 0, 1);
    await heard;
    expect(await counts(beside)).toEqual({ eight: 1 });
    beside.dispose();
    await teach(model, 'eight', 1, 1);
  });
});
