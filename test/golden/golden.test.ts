/**
 * Files of version 1 of the format are read as they were when they were written, for good. Who changes
 * what is written raises the version, and adds a folder of files beside `v1`.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { type Entry, readEntry, writeEntry } from '../../sdk/src/journal/entry.ts';
import { Model } from '../../sdk/src/model.ts';
import { startEngine } from '../format/start-engine.ts';
import { sealed } from '../journal/sealed.ts';
import {
  readJournalEntry,
  readLearned,
  readModel,
  readStore,
  samples,
  storedName,
} from './read-golden.ts';

const folder = new URL('v1/', import.meta.url);
const backend = await startEngine();
const load = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(new URL(name, folder)));
const loadJson = async (name: string) => JSON.parse(new TextDecoder().decode(await load(name)));
const expected = await loadJson('expected.json');

const models = ['plain', 'float32', 'float16', 'int8', 'learned'].map(
  (name) => `${name}.safetensors`,
);
const entries = ['start', 'snapshot', 'changes'].map((name) => `${name}.entry`);

/** The same but for numbers, which are as near as float32 on another engine. */
function expectNear(actual: unknown, wanted: unknown, where = 'it'): void {
  if (typeof wanted === 'number') {
    expect(Math.abs((actual as number) - wanted), where).toBeLessThan(1e-5);
  } else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(actual as object).sort(), where).toEqual(Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted)) {
      expectNear(Reflect.get(actual as object, key), value, `${where}.${key}`);
    }
  } else expect(actual, where).toBe(wanted);
}

it('asks what was asked', () => {
  expect(samples).toEqual(expected.samples);
});

describe.each(models)('%s', (name) => {
  it('holds the same classes and decides the same', async () => {
    expectNear(await readModel(await load(name), backend), expected[name]);
  });

  it('would be written the same today', async () => {
    const bytes = await load(name);
    expect(Buffer.compare(writeSnapshot(readSnapshot(bytes)), bytes)).toBe(0);
    const model = await Model.load(backend, bytes);
    expect(Buffer.compare(await model.export(), bytes)).toBe(0);
    model.dispose();
  });
});

describe('changes.safetensors', () => {
  it('tells of the same classes with the same sums', async () => {
    expectNear(readLearned(await load('changes.safetensors')), expected['changes.safetensors']);
  });

  it('would be written the same today', async () => {
    const bytes = await load('changes.safetensors');
    expect(Buffer.compare(writeChanges(readChanges(bytes)), bytes)).toBe(0);
  });
});

describe.each(entries)('%s', (name) => {
  it('says the same', async () => {
    expectNear(readJournalEntry(await load(name)), expected[name]);
  });

  it('would be written the same today', async () => {
    const bytes = await load(name);
    const entry = readEntry(bytes, `${storedName}/log/000000000001`) as Entry;
    expect(Buffer.compare(writeEntry(entry), bytes)).toBe(0);
  });
});

it('a store opens with all that was learned', async () => {
  expectNear(await readStore(await loadJson('store.json'), backend), expected['store.json']);
});

describe('one version higher', () => {
  const newer = (bytes: Uint8Array): Uint8Array => {
    const text = Buffer.from(bytes).toString('latin1');
    return Buffer.from(text.replace('"format_version":"1"', '"format_version":"2"'), 'latin1');
  };
  const refusal = expect.objectContaining({
    code: 'snapshot/version',
    message: expect.stringMatching(/knows up to (version )?1, .* has 2\. Update @hff-edge\/sdk\./),
  });

  it.each(models)('%s is refused', async (name) => {
    const bytes = newer(await load(name));
    expect(() => readSnapshot(bytes)).toThrow(refusal);
  });

  it('changes.safetensors is refused', async () => {
    const bytes = newer(await load('changes.safetensors'));
    expect(() => readChanges(bytes)).toThrow(refusal);
  });

  it('what a model learned is refused', async () => {
    const snapshot = readSnapshot(await load('learned.safetensors'));
    const learned = newer(snapshot.learned as Uint8Array);
    await expect(Model.load(backend, { ...snapshot, learned })).rejects.toThrow(refusal);
  });

  it.each(entries)('%s is refused', async (name) => {
    const bytes = await load(name);
    bytes[4] = 2;
    expect(() => readEntry(sealed(bytes), 'tiny/log/000000000001')).toThrow(refusal);
  });

  it('a store with one entry of it is refused', async () => {
    const values = await loadJson('store.json');
    const key = `${storedName}/log/000000000009`;
    const entry = Buffer.from(values[key], 'base64');
    entry[4] = 2;
    values[key] = Buffer.from(sealed(new Uint8Array(entry))).toString('base64');
    await expect(readStore(values, backend)).rejects.toThrow(refusal);
  });
});
