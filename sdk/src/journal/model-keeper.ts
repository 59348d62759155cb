/**
 * Keeps a model in a store while it learns: each change is an entry of its journal before it counts.
 * What others (tabs, processes) add to the same journal is taken in.
 */
import { HffError } from '../error.ts';
import { crc32 } from '../format/crc32.ts';
import { readSnapshot, type Snapshot } from '../format/snapshot.ts';
import { writeSnapshot } from '../format/write-snapshot.ts';
import type { Keeper, Kept, KeptModel } from '../learn/keeper.ts';
import { newReplica } from '../learn/new-replica.ts';
import type { Store } from '../store/store.ts';
import type { BaseReference, Entry, SnapshotEntry } from './entry.ts';
import { Journal } from './journal.ts';
import { numberOf } from './keys.ts';

const nothing = new Uint8Array();

export class ModelKeeper implements Keeper {
  /** Keys of entries that were damaged or missing: what they said is lost. */
  readonly lost: string[] = [];
  readonly #store: Store;
  readonly #name: string;
  readonly #journal: Journal;
  #kept: Kept | undefined;
  /** What the model started from last. */
  #start: SnapshotEntry | undefined;
  /** Read, and not taken in yet. */
  #unread: Entry[] = [];
  /** Whether something was lost since the start. */
  #isMaimed = false;
  #compaction: Promise<void> = Promise.resolve();
  #compacts = false;
  #endWatch: (() => void) | undefined;

  constructor(store: Store, name: string) {
    this.#store = store;
    this.#name = name;
    this.#journal = new Journal(store, name);
  }

  /**
   * The model as the store has it, or that of `source`, which it has from then on.
   * @throws HffError `data/not-found` without either, `snapshot/…`, `store/…`
   */
  async open(source?: () => Promise<Uint8Array>): Promise<KeptModel> {
    await this.#read();
    while (this.#unread.length === 0) {
      if (!source) {
        throw new HffError(
          'data/not-found',
          `Model ${this.#name}: the store has none of this name. Give openModel() its source.`,
        );
      }
      await this.#begin(await source());
    }
    return this.#loadStart(source);
  }

  /** Puts a model in the place of what the store has under this name, if anything. */
  async replace(bytes: Uint8Array): Promise<KeptModel> {
    await this.#read();
    while (!(await this.#begin(bytes)));
    await this.#journal.startOver(this.#unread[0] as SnapshotEntry);
    return this.#loadStart();
  }

  /** Takes in what follows the start, and from then on what others store. */
  async attach(kept: Kept): Promise<void> {
    this.#kept = kept;
    /** Number of the newest entry that was told of, and that the next look is for. */
    let heard = -1;
    this.#endWatch = this.#store.watch?.((key) => {
      if (!key.startsWith(`${this.#name}/log/`)) return;
      const isLooking = heard >= 0;
      heard = Math.max(heard, numberOf(key));
      if (isLooking) return;
      const caughtUp = kept.inTurn(async () => {
        const isOwn = heard <= this.#journal.last;
        heard = -1;
        if (!isOwn) await this.#catchUp();
      });
      // Whatever it is, the next change meets it, too.
      caughtUp.catch(() => {});
    });
    // Something may have been stored before it was watched.
    await kept.inTurn(() => this.#catchUp());
  }

  async keep(changes: Uint8Array, apply: () => void): Promise<boolean> {
    return this.#keep({ kind: 'changes', changes }, apply);
  }

  async keepLayers(snapshot: Snapshot, replica: string, apply: () => void): Promise<boolean> {
    const { origin } = this.#started;
    const base = await this.#storeBase(writeSnapshot(snapshot));
    return this.#keep({ kind: 'snapshot', base, origin, replica, changes: nothing }, apply);
  }

  /** Forgets what was learned, and layers that were adapted. */
  async reset(): Promise<void> {
    await this.#startOver(async () => {
      const { origin, base } = this.#started;
      const layers = origin.key === base.key ? null : await this.#loadLayers(origin);
      const start: SnapshotEntry = {
        kind: 'snapshot',
        base: origin,
        origin,
        replica: newReplica(),
        changes: nothing,
      };
      return [start, (kept) => kept.restart({ ...start, layers })];
    });
  }

  /** Leaves one entry that says all, so that nothing is stored any more of what was forgotten. */
  async compact(): Promise<void> {
    await this.#startOver(async (kept) => [
      { ...this.#started, changes: kept.changes() },
      () => {},
    ]);
  }

  async #startOver(
    plan: (kept: Kept) => Promise<[start: SnapshotEntry, apply: (kept: Kept) => void]>,
  ): Promise<void> {
    const kept = this.#kept as Kept;
    await kept.inTurn(async () => {
      for (;;) {
        const [start, apply] = await plan(kept);
        if (!(await this.#keep(start, () => apply(kept)))) continue;
        await this.#compaction.catch(() => {});
        return this.#journal.startOver(start);
      }
    });
  }

  /** Number of the last entry that counts here. */
  get revision(): number {
    return this.#journal.last;
  }

  /** Waits until all is stored that was acknowledged or is under way. */
  async flush(): Promise<void> {
    await this.#kept?.inTurn(async () => {});
    await this.#compaction;
  }

  close(): void {
    this.#endWatch?.();
  }

  get #started(): SnapshotEntry {
    return this.#start as SnapshotEntry;
  }

  async #begin(bytes: Uint8Array): Promise<boolean> {
    const { learned, ...snapshot } = readSnapshot(bytes);
    const base = await this.#storeBase(learned ? writeSnapshot(snapshot) : bytes);
    const changes = learned ?? nothing;
    const entry = { kind: 'snapshot', base, origin: base, replica: newReplica(), changes } as const;
    if (await this.#append(entry)) {
      this.#unread = [entry];
      this.#isMaimed = false;
      return true;
    }
    await this.#read();
    return false;
  }

  async #storeBase(bytes: Uint8Array): Promise<BaseReference> {
    return { key: await this.#journal.storeBase(bytes, newReplica()), checksum: crc32(bytes) };
  }

  async #loadStart(source?: () => Promise<Uint8Array>): Promise<KeptModel> {
    const start = this.#unread.shift() as SnapshotEntry;
    this.#start = start;
    return { ...start, layers: await this.#loadLayers(start.base, source) };
  }

  async #loadLayers(
    { key, checksum }: BaseReference,
    source?: () => Promise<Uint8Array>,
  ): Promise<Snapshot> {
    const stored = await this.#store.load(key);
    if (stored && crc32(stored) === checksum) return readSnapshot(stored);
    const bytes = await source?.();
    if (!bytes || crc32(bytes) !== checksum) {
      throw new HffError(
        'store/damaged',
        `Model ${this.#name}: its layers (${key}) are damaged or missing. Take it away with removeModel(), and begin anew.`,
      );
    }
    await this.#store.remove(key);
    await this.#store.create(key, bytes);
    return readSnapshot(bytes);
  }

  /** @throws HffError `store/conflict` where the model was removed */
  async #keep(entry: Entry, apply: () => void): Promise<boolean> {
    if (this.#journal.last < 0) {
      throw new HffError(
        'store/conflict',
        `Model ${this.#name}: it was taken out of the store meanwhile. Open it anew.`,
      );
    }
    if (!(await this.#append(entry))) {
      await this.#catchUp();
      return false;
    }
    if (entry.kind === 'snapshot') this.#start = entry;
    apply();
    this.#compactIfLong();
    return true;
  }

  #append(entry: Entry): Promise<boolean> {
    const run = (): Promise<boolean> => this.#journal.append(entry);
    return this.#store.exclusive ? this.#store.exclusive(this.#name, run) : run();
  }

  async #read(): Promise<void> {
    const { entries, lost } = await this.#journal.read();
    if (entries[0]?.kind === 'snapshot') {
      this.#unread = [];
      this.#isMaimed = false;
    }
    this.#unread.push(...entries);
    this.lost.push(...lost);
    this.#isMaimed ||= lost.length > 0;
  }

  async #catchUp(): Promise<void> {
    await this.#read();
    await this.#takeIn();
  }

  async #takeIn(): Promise<void> {
    const kept = this.#kept as Kept;
    while (this.#unread.length > 0) {
      const [first] = this.#unread;
      if (first?.kind === 'snapshot') {
        this.#unread.shift();
        const isSame = first.base.key === this.#started.base.key;
        kept.restart({ ...first, layers: isSame ? null : await this.#loadLayers(first.base) });
        this.#start = first;
        continue;
      }
      const start = this.#unread.findIndex(({ kind }) => kind === 'snapshot');
      const some = this.#unread.splice(0, start < 0 ? this.#unread.length : start);
      kept.take(some.map(({ changes }) => changes));
    }
    if (this.#isMaimed) await this.#mend(kept);
  }

  /** Goes on under another name: others may know of what this device does not know any more. */
  async #mend(kept: Kept): Promise<void> {
    const replica = newReplica();
    kept.mend(replica);
    this.#isMaimed = false;
    const mended = { ...this.#started, replica, changes: kept.changes() };
    // Who was faster may have mended it, too; if not, it is not mended yet.
    if (await this.#append(mended)) this.#start = mended;
    else {
      this.#isMaimed = true;
      await this.#catchUp();
    }
  }

  #compactIfLong(): void {
    if (this.#compacts || !this.#journal.isLong) return;
    this.#compacts = true;
    const changes = (this.#kept as Kept).changes();
    const compaction = this.#journal.compact({ ...this.#started, changes }, this.#journal.last);
    this.#compaction = compaction.finally(() => {
      this.#compacts = false;
    });
    this.#compaction.catch(() => {});
  }
}
