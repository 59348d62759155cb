/** Small stores of a model that learned, and what must be left of them when some of it is damaged. */
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { readEntry, type SnapshotEntry, writeEntry } from '../../sdk/src/journal/entry.ts';
import { entryKey, numberOf, snapshotKey } from '../../sdk/src/journal/keys.ts';
import { openModel } from '../../sdk/src/node.ts';
import { memoryStore, type Store } from '../../sdk/src/stores.ts';
import { oddLearner } from '../format/tiny-learned.ts';

export const name = 'odd';
export const source: Uint8Array = writeSnapshot(oddLearner('float32'));

type Values = ReadonlyMap<string, Uint8Array>;

export interface TaughtStore {
  readonly values: Values;
  /** By the key of an entry or snapshot: the class that it adds, or all those it starts over with. */
  readonly says: ReadonlyMap<string, string | readonly string[]>;
}

/** What is to be found in a store of which some values are changed or gone. */
export interface Remains {
  /** Classes that were learned and are left. */
  readonly labels: ReadonlySet<string>;
  /** Keys of entries of which nothing is left. */
  readonly lost: readonly string[];
  /** Whether there is an entry to begin with. */
  readonly begins: boolean;
  /** Whether the layers are there. */
  readonly hasLayers: boolean;
}

export function sampleOf(hand: number): number[] {
  return Array.from({ length: 12 }, (_, i) => (37 * hand + 20 * i * (hand + 1)) % 256);
}

async function valuesOf(store: Store): Promise<Map<string, Uint8Array>> {
  const keys = await store.list(`${name}/`);
  const loaded = await Promise.all(keys.map((key) => store.load(key)));
  return new Map(keys.map((key, i) => [key, loaded[i] as Uint8Array]));
}

export async function storeOf(values: Values): Promise<Store> {
  const store = memoryStore();
  for (const [key, bytes] of values) await store.create(key, bytes);
  return store;
}

/**
 * A model that learned one class after the other.
 * @param labels null for what makes the model start over
 * @param snapshots numbers of entries after which one was written; what the first covers is gone
 */
export async function taughtStore(
  backend: Backend,
  labels: readonly (string | null)[],
  snapshots: readonly number[] = [],
): Promise<TaughtStore> {
  const store = memoryStore();
  let model = await openModel(name, { store, source, backend });
  const says = new Map<string, string | readonly string[]>([[entryKey(name, 0), []]]);
  const start = readEntry((await store.load(entryKey(name, 0))) as Uint8Array, entryKey(name, 0));
  let known: string[] = [];
  for (const [i, label] of labels.entries()) {
    if (label === null) {
      const anew = { ...(start as SnapshotEntry), replica: 'anew', changes: new Uint8Array() };
      await store.create(entryKey(name, i + 1), writeEntry(anew));
      model.dispose();
      model = await openModel(name, { store, backend });
    } else await model.learn(sampleOf(i), label);
    known = label === null ? [] : [...known, label];
    says.set(entryKey(name, i + 1), label ?? []);
    if (!snapshots.includes(i + 1)) continue;
    const changes = await model.changesSince();
    const key = snapshotKey(name, i + 1);
    await store.create(key, writeEntry({ ...(start as SnapshotEntry), changes }));
    says.set(key, known);
  }
  model.dispose();
  for (let n = 0; n <= (snapshots[0] ?? -1); n++) await store.remove(entryKey(name, n));
  return { values: await valuesOf(store), says };
}

/** Every entry counts that is as it was; who starts over leaves behind what was before. */
export function remainsOf({ values, says }: TaughtStore, now: Values): Remains {
  const isWhole = (key: string): boolean => {
    const [was, is] = [values.get(key), now.get(key)];
    return was !== undefined && is !== undefined && Buffer.compare(was, is) === 0;
  };
  const keysIn = (folder: string): string[] =>
    [...now.keys()].filter((key) => key.startsWith(`${name}/${folder}/`)).sort();
  const snapshot = keysIn('snapshot').filter(isWhole).at(-1);
  let labels = new Set(snapshot ? (says.get(snapshot) as string[]) : []);
  let begins = snapshot !== undefined;
  let lost: string[] = [];
  const first = snapshot ? numberOf(snapshot) + 1 : 0;
  const last = Math.max(-1, ...keysIn('log').map(numberOf));
  for (let n = first; n <= last; n++) {
    const key = entryKey(name, n);
    const said = says.get(key);
    if (!isWhole(key) || said === undefined) lost.push(key);
    else if (typeof said === 'string') labels.add(said);
    else {
      labels = new Set(said);
      lost = [];
      begins = true;
    }
  }
  const hasLayers = [...values.keys()].filter((key) => key.includes('/base/')).every(isWhole);
  return { labels, lost, begins, hasLayers };
}
