/**
 * Bytes in the SQLite database of a Durable Object. All that goes on in one object is one after
 * another, so it may have any number of callers; each model needs one object only.
 */
import { checkKey, checkPrefix, endOf } from './keys.ts';
import { full, unavailable } from './refusals.ts';
import type { Store } from './store.ts';

/** What a store needs of `ctx.storage` in a Durable Object whose class is in `new_sqlite_classes`. */
export interface DurableStorage {
  readonly sql: SqlDatabase;
  transactionSync<T>(run: () => T): T;
  sync(): Promise<void>;
}

/** What a store needs of `ctx.storage.sql`. */
export interface SqlDatabase {
  exec(
    query: string,
    ...bindings: (string | number | Uint8Array)[]
  ): { toArray(): Record<string, unknown>[] };
}

/** A row may have 2 MB with its key. */
const bytesPerRow = 1_000_000;

/** Not WITHOUT ROWID: the index then has keys only, so lists read no bytes. */
const schema = `CREATE TABLE IF NOT EXISTS hff_edge_store (
  key TEXT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (key, part)
)`;

export interface DurableObjectOptions {
  /**
   * Called within the transaction that creates a key: what it writes to other tables is there with the
   * key, or not at all. It must not await anything.
   */
  readonly onCreate?: (key: string) => void;
}

/** @param storage whose table `hff_edge_store` is this store's; other tables stay as they are */
export function durableObjectStore(
  storage: DurableStorage,
  { onCreate = () => {} }: DurableObjectOptions = {},
): Store {
  return new DurableObjectStore(storage, onCreate);
}

class DurableObjectStore implements Store {
  readonly #storage: DurableStorage;
  readonly #onCreate: (key: string) => void;

  constructor(storage: DurableStorage, onCreate: (key: string) => void) {
    this.#storage = storage;
    this.#onCreate = onCreate;
  }

  async load(key: string): Promise<Uint8Array | null> {
    checkKey(key);
    const query = 'SELECT bytes FROM hff_edge_store WHERE key = ? ORDER BY part';
    const rows = this.#attempt(key, () => this.#storage.sql.exec(query, key).toArray());
    return rows.length > 0 ? joined(rows.map(({ bytes }) => bytes as ArrayBuffer)) : null;
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    checkKey(key);
    const insertOnce = (): boolean => {
      if (this.#has(key)) return false;
      this.#insert(key, bytes);
      this.#onCreate(key);
      return true;
    };
    if (!this.#attempt(key, () => this.#storage.transactionSync(insertOnce))) return false;
    try {
      await this.#storage.sync();
    } catch (cause) {
      throw refusal(key, cause);
    }
    return true;
  }

  async list(prefix: string): Promise<string[]> {
    checkPrefix(prefix);
    const query =
      'SELECT key FROM hff_edge_store WHERE key >= ? AND key < ? AND part = 0 ORDER BY key';
    const rows = this.#attempt(`${prefix}…`, () =>
      this.#storage.sql.exec(query, prefix, endOf(prefix)).toArray(),
    );
    return rows.map(({ key }) => key as string);
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    const query = 'DELETE FROM hff_edge_store WHERE key = ?';
    this.#attempt(key, () => this.#storage.sql.exec(query, key));
  }

  #has(key: string): boolean {
    const query = 'SELECT 1 FROM hff_edge_store WHERE key = ? AND part = 0';
    return this.#storage.sql.exec(query, key).toArray().length > 0;
  }

  #insert(key: string, bytes: Uint8Array): void {
    const query = 'INSERT INTO hff_edge_store (key, part, bytes) VALUES (?, ?, ?)';
    // No bytes are one row, too.
    for (let part = 0; part === 0 || part * bytesPerRow < bytes.length; part++) {
      const row = bytes.subarray(part * bytesPerRow, (part + 1) * bytesPerRow);
      this.#storage.sql.exec(query, key, part, row);
    }
  }

  #attempt<T>(key: string, run: () => T): T {
    try {
      // Each time, since `deleteAll` takes tables away; where it is there, nothing is written.
      this.#storage.sql.exec(schema);
      return run();
    } catch (cause) {
      throw refusal(key, cause);
    }
  }
}

function refusal(key: string, cause: unknown): Error {
  const refuse = String(cause).includes('SQLITE_FULL') ? full : unavailable;
  return refuse(`Durable Object storage, key ${key}`, cause);
}

function joined(parts: ArrayBuffer[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part), offset);
    offset += part.byteLength;
  }
  return bytes;
}
