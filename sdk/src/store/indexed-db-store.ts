/** Bytes in IndexedDB, by idb-keyval: in pages and in workers of a browser. */
import { del, get, promisifyRequest } from 'idb-keyval';
import { openDatabase } from './indexed-database.ts';
import { checkKey, checkPrefix, endOf } from './keys.ts';
import { full, unavailable } from './refusals.ts';
import type { Store } from './store.ts';

export interface IndexedDbOptions {
  /** Name of the database, which is this store's alone. */
  readonly database?: string;
}

/**
 * Tabs and workers of the same origin that name the same database share what is in it. With the first
 * thing created, the browser is asked to keep it even when the disk gets full; Firefox asks the user.
 */
export function indexedDbStore({ database = 'hff-edge' }: IndexedDbOptions = {}): Store {
  return new IndexedDbStore(database);
}

class IndexedDbStore implements Store {
  readonly #name: string;
  readonly #use: ReturnType<typeof openDatabase>;
  #opened: BroadcastChannel | undefined;
  #isAsked = false;

  constructor(name: string) {
    this.#name = name;
    this.#use = openDatabase(name);
  }

  async load(key: string): Promise<Uint8Array | null> {
    checkKey(key);
    return (await this.#refused(key, get<Uint8Array>(key, this.#use))) ?? null;
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    checkKey(key);
    // A clone of a view would be one of the whole buffer behind it.
    const own = new Uint8Array(bytes);
    const isCreated = await this.#refused(
      key,
      this.#use('readwrite', (entries) => add(entries, key, own)),
    );
    if (isCreated) {
      this.#channel.postMessage(key);
      this.#askToKeep();
    }
    return isCreated;
  }

  async list(prefix: string): Promise<string[]> {
    checkPrefix(prefix);
    const range = IDBKeyRange.bound(prefix, endOf(prefix), false, true);
    const keys = this.#use('readonly', (entries) => promisifyRequest(entries.getAllKeys(range)));
    return (await this.#refused(`${prefix}…`, keys)) as string[];
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    await this.#refused(key, del(key, this.#use));
  }

  /** Hears of what other tabs, workers and stores of the same database create, not of its own. */
  watch(listener: (key: string) => void): () => void {
    const channel = this.#channel;
    const hear = ({ data }: MessageEvent<string>): void => listener(data);
    channel.addEventListener('message', hear);
    return () => channel.removeEventListener('message', hear);
  }

  exclusive<T>(name: string, run: () => Promise<T>): Promise<T> {
    // Pages without TLS have no locks.
    if (!navigator.locks) return run();
    return navigator.locks.request(`hff-edge/${this.#name}/${name}`, run);
  }

  /** Opened late: a server that renders the page has none, or would wait for it to end. */
  get #channel(): BroadcastChannel {
    this.#opened ??= new BroadcastChannel(`hff-edge/${this.#name}`);
    return this.#opened;
  }

  #askToKeep(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    // Not in workers, and not without TLS.
    navigator.storage?.persist?.().catch(() => {});
  }

  async #refused<T>(key: string, request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (cause) {
      const isFull = (cause as Error | null)?.name === 'QuotaExceededError';
      throw (isFull ? full : unavailable)(`IndexedDB ${this.#name}, key ${key}`, cause);
    }
  }
}

/** Resolves when the transaction has completed. */
function add(entries: IDBObjectStore, key: string, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const { transaction } = entries;
    const request = entries.add(bytes, key);
    let isTaken = false;
    request.onerror = (event) => {
      isTaken = request.error?.name === 'ConstraintError';
      // Otherwise the transaction would be aborted.
      if (isTaken) event.preventDefault();
    };
    transaction.oncomplete = () => resolve(!isTaken);
    transaction.onabort = () => reject(transaction.error ?? request.error);
  });
}
