/**
 * Wrote the files of `v1/`: `node test/golden/make.ts FOLDER`. They stay as they are. A format of another
 * version gets a folder of its own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { readEntry, type SnapshotEntry, writeEntry } from '../../sdk/src/journal/entry.ts';
import { entryKey, snapshotKey } from '../../sdk/src/journal/keys.ts';
import { fingerprint } from '../../sdk/src/learn/fingerprint.ts';
import { type OpenedModel, openModel } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { startEngine } from '../format/start-engine.ts';
import { tinyChanges } from '../format/tiny-changes.ts';
import { files, learnerFiles } from '../format/tiny-snapshot.ts';
import {
  base,
  readJournalEntry,
  readLearned,
  readModel,
  readStore,
  samples,
  storedName,
} from './read-golden.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Expected a folder to write to.');

// Names of replicas are drawn at random; here always the same.
const random = new Random(4);
Object.defineProperty(crypto, 'getRandomValues', {
  value: (bytes: Uint8Array) => bytes.map((_, i, all) => (all[i] = random.integer(256))),
});

const backend = await startEngine();
const changes = writeChanges(tinyChanges({ fingerprint: 'model-1', dimension: 3 }, base));

function learnedModel(): Uint8Array {
  const snapshot = readSnapshot(learnerFiles.int8);
  const identity = { fingerprint: fingerprint(snapshot), dimension: 14 };
  return writeSnapshot({ ...snapshot, learned: writeChanges(tinyChanges(identity, base)) });
}

const start: SnapshotEntry = {
  kind: 'snapshot',
  base: { key: `${storedName}/base/000000000001-adapted`, checksum: 123_456_789 },
  origin: { key: `${storedName}/base/000000000000-came`, checksum: 4_294_967_295 },
  replica: 'device-1',
  changes,
};

/** By key, in base64: entries of every kind of change, and a snapshot in their middle. */
async function store(): Promise<Record<string, string>> {
  const kept = memoryStore();
  const model = await openModel(storedName, { store: kept, source: learnerFiles.float16, backend });
  const sampleOf = (i: number): number[] =>
    Array.from({ length: 12 }, (_, k) => (31 * i * k) % 256);
  const lessons: ((model: OpenedModel) => Promise<unknown>)[] = [
    (each) => each.learn(sampleOf(1), 'new', { augment: false }),
    (each) => each.learnBatch([2, 3, 4].map(sampleOf), ['new', '__proto__', 'new']),
    (each) => each.forget(sampleOf(2), 'new'),
    (each) => each.renameClass('a', 'renamed'),
    (each) => each.relabel(sampleOf(4), 'new', 'renamed'),
    (each) => each.forgetClass('b'),
    (each) => each.learn(sampleOf(5), 'b', { augment: false }),
    (each) => each.learn(sampleOf(6), 'evil', { augment: false, taughtBy: 'eve' }),
    (each) => each.forgetTaughtBy('eve'),
  ];
  const middle = 4;
  for (const [i, lesson] of lessons.entries()) {
    await lesson(model);
    if (i + 1 !== middle) continue;
    const first = entryKey(storedName, 0);
    const entry = readEntry((await kept.load(first)) as Uint8Array, first) as SnapshotEntry;
    const snapshot = writeEntry({ ...entry, changes: await model.changesSince() });
    await kept.create(snapshotKey(storedName, middle), snapshot);
  }
  model.dispose();
  const values: Record<string, string> = {};
  for (const key of await kept.list('')) {
    values[key] = Buffer.from((await kept.load(key)) as Uint8Array).toString('base64');
  }
  return values;
}

const models = {
  'plain.safetensors': files.float32,
  'float32.safetensors': learnerFiles.float32,
  'float16.safetensors': learnerFiles.float16,
  'int8.safetensors': learnerFiles.int8,
  'learned.safetensors': learnedModel(),
};
const entries = {
  'start.entry': writeEntry({ ...start, changes: new Uint8Array() }),
  'snapshot.entry': writeEntry(start),
  'changes.entry': writeEntry({ kind: 'changes', changes }),
};
const values = await store();

const expected: Record<string, unknown> = { samples };
for (const [name, bytes] of Object.entries(models))
  expected[name] = await readModel(bytes, backend);
for (const [name, bytes] of Object.entries(entries)) expected[name] = readJournalEntry(bytes);
expected['changes.safetensors'] = readLearned(changes);
expected['store.json'] = await readStore(values, backend);

await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries({
  ...models,
  ...entries,
  'changes.safetensors': changes,
})) {
  await writeFile(join(folder, name), bytes, { flag: 'wx' });
}
for (const [name, value] of Object.entries({ store: values, expected })) {
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`, {
    flag: 'wx',
  });
}
