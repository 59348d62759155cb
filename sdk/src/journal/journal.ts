/**
 * A model in a store as a journal: entries 0, 1, 2 … of which each is written once and never changed.
 * What is known is what all of them say, in their order. Snapshots say it at once, and let old entries
 * go. Writers of the same journal (tabs, processes) come one after the other because an entry's number
 * can be taken only once.
 */
import { HffError } from '../error.ts';
import type { Store } from '../store/store.ts';
import { type Entry, readEntry, type SnapshotEntry, writeEntry } from './entry.ts';
import { baseKey, entryKey, numberOf, snapshotKey } from './keys.ts';

/** Snapshots are not worth it for less than this. */
const leastBytes = 1 << 16;
/** Reading on from a snapshot takes a request for each entry. */
const mostEntries = 700;
/** Fewer than a slow writer could sleep through between two looks at the journal. */
const leastEntries = 64;
/** Entries read at once. */
const readsAtOnce = 32;

export interface Reading {
  /** Not read before, in order. One that starts over is the first, if there is any. */
  readonly entries: readonly Entry[];
  /** Keys of damaged or missing entries, whose content is lost. */
  readonly lost: readonly string[];
}

export class Journal {
  readonly #store: Store;
  readonly #name: string;
  /** Number of the entry that comes next. */
  #next = 0;
  /** The last entry in the newest snapshot known here. */
  #snapshotAt = -1;
  #snapshotBytes = 0;
  #bytesSince = 0;

  constructor(store: Store, name: string) {
    this.#store = store;
    this.#name = name;
  }

  /**
   * All that this reader has not seen yet; no entries where there is none.
   * @throws HffError `store/damaged` when nothing is left to begin with, `store/…`, `snapshot/version`
   */
  async read(): Promise<Reading> {
    const last = this.#next - 1;
    if (last < 0 || !(await this.#has(entryKey(this.#name, last)))) return this.#readAll();
    return this.#readFrom(this.#next, []);
  }

  /**
   * Stores an entry as the next one.
   * @returns false, having stored nothing, where there is something to {@link read} first
   * @throws HffError `store/full`, `store/unavailable`, `store/conflict` where it is not certain whether
   *   the entry counts
   */
  async append(entry: Entry): Promise<boolean> {
    const n = this.#next;
    const before = n > 0 ? entryKey(this.#name, n - 1) : undefined;
    if (before && !(await this.#has(before))) return false;
    const bytes = writeEntry(entry);
    if (!(await this.#store.create(entryKey(this.#name, n), bytes))) return false;
    // A number whose entry went into a snapshot could be taken again: nobody would read that entry.
    if (before && !(await this.#has(before))) {
      throw new HffError(
        'store/conflict',
        `Model ${this.#name}: others wrote so much meanwhile that it is not certain whether this was stored. Look what classes() says.`,
      );
    }
    this.#next = n + 1;
    this.#bytesSince += bytes.length;
    return true;
  }

  /** Stores the bytes that the next entry refers to. @returns their key */
  async storeBase(bytes: Uint8Array, id: string): Promise<string> {
    const key = baseKey(this.#name, this.#next, id);
    await this.#store.create(key, bytes);
    return key;
  }

  /** Whether reading on from the last snapshot takes more than reading a new one. */
  get isLong(): boolean {
    const entries = this.#next - 1 - this.#snapshotAt;
    const isHeavy = this.#bytesSince > Math.max(leastBytes, this.#snapshotBytes);
    return entries > mostEntries || (isHeavy && entries > leastEntries);
  }

  /** Number of the entry that was read or appended last. */
  get last(): number {
    return this.#next - 1;
  }

  /**
   * Stores what all entries up to `last` say, and lets those go that the snapshot before this one
   * covers: if this one is damaged some day, that one and the entries since say the same.
   */
  async compact(snapshot: SnapshotEntry, last: number): Promise<void> {
    this.#bytesSince = 0;
    const before = (await this.#numbered('snapshot')).map(numberOf).at(-1) ?? -1;
    const known = this.#snapshotAt;
    this.#snapshotAt = Math.max(before, known);
    // Another writer did it just now.
    if (before > known) return;
    await this.#storeSnapshot(snapshot, last);
    if (before >= 0 && before < last) await this.#removeBefore(before + 1, before);
  }

  /**
   * Lets everything go that came before the last entry, with which the model started over.
   * @param start that entry; it is stored a second time, should it be damaged some day
   */
  async startOver(start: SnapshotEntry): Promise<void> {
    const { last } = this;
    await this.#storeSnapshot(start, last);
    await this.#removeBefore(last, last);
  }

  async #storeSnapshot(snapshot: SnapshotEntry, last: number): Promise<void> {
    const bytes = writeEntry(snapshot);
    await this.#store.create(snapshotKey(this.#name, last), bytes);
    this.#snapshotBytes = bytes.length;
    this.#snapshotAt = last;
    this.#bytesSince = 0;
  }

  /** Lets go of entries before this one, and of what is older than this snapshot, if it is sound. */
  async #removeBefore(entry: number, snapshot: number): Promise<void> {
    const key = snapshotKey(this.#name, snapshot);
    const stored = await this.#store.load(key);
    const kept = stored && readEntry(stored, key);
    if (kept?.kind !== 'snapshot') return;
    // Entries in ascending order: who finds the one before his own knows that his own was not read.
    const first = { log: entry, snapshot, base: numberOf(kept.base.key) };
    for (const folder of ['log', 'snapshot', 'base'] as const) {
      for (const key of await this.#numbered(folder)) {
        if (numberOf(key) < first[folder] && key !== kept.origin.key) await this.#store.remove(key);
      }
    }
  }

  async #readAll(): Promise<Reading> {
    const damaged: string[] = [];
    this.#bytesSince = 0;
    for (const key of (await this.#numbered('snapshot')).reverse()) {
      const stored = await this.#store.load(key);
      const snapshot = stored && readEntry(stored, key);
      if (snapshot?.kind === 'snapshot') {
        this.#snapshotAt = numberOf(key);
        this.#snapshotBytes = stored?.length ?? 0;
        // Entries since the one before them say the same.
        for (const bad of damaged) await this.#store.remove(bad);
        return this.#readFrom(this.#snapshotAt + 1, [snapshot]);
      }
      if (stored) damaged.push(key);
    }
    this.#snapshotAt = -1;
    const reading = await this.#readFrom(0, []);
    damaged.push(...reading.lost);
    const [first] = reading.entries;
    if (first?.kind === 'snapshot' || (!first && damaged.length === 0)) return reading;
    // A crash in the middle of the very first entry: nothing was ever learned.
    if (!first && this.last === 0 && damaged.length === 1) return { entries: [], lost: damaged };
    const bad = damaged[0] ?? entryKey(this.#name, 0);
    throw new HffError(
      'store/damaged',
      `Model ${this.#name}: what is stored is damaged beyond repair, for instance ${bad}. Take it away with removeModel(), and begin anew.`,
    );
  }

  /** @param entries known already; those that are read are added */
  async #readFrom(first: number, entries: Entry[]): Promise<Reading> {
    const lost: string[] = [];
    this.#next = first;
    const take = (n: number, bytes: Uint8Array): void => {
      const key = entryKey(this.#name, n);
      const entry = readEntry(bytes, key);
      const named = Math.min(n, this.#next + mostEntries);
      for (let gone = this.#next; gone < named; gone++) lost.push(entryKey(this.#name, gone));
      this.#next = n + 1;
      this.#bytesSince += bytes.length;
      if (!entry) lost.push(key);
      else if (entry.kind === 'changes') entries.push(entry);
      else {
        // Whatever was lost before does not count any more.
        entries.splice(0, entries.length, entry);
        lost.length = 0;
      }
    };
    const load = (n: number): Promise<Uint8Array | null> =>
      this.#store.load(entryKey(this.#name, n));
    const listed = (await this.#numbered('log')).map(numberOf).filter((n) => n >= first);
    for (let start = 0; start < listed.length; start += readsAtOnce) {
      const some = listed.slice(start, start + readsAtOnce);
      const all = await Promise.all(some.map(load));
      all.forEach((bytes, i) => {
        // Missing where one comes after it; else it is gone, or not there yet.
        if (bytes) take(some[i] as number, bytes);
      });
    }
    // Lists may lag behind.
    for (let bytes = await load(this.#next); bytes; bytes = await load(this.#next)) {
      take(this.#next, bytes);
    }
    return { entries, lost };
  }

  async #has(key: string): Promise<boolean> {
    return (await this.#store.load(key)) !== null;
  }

  async #numbered(folder: 'log' | 'snapshot' | 'base'): Promise<string[]> {
    return this.#store.list(`${this.#name}/${folder}/`);
  }
}
