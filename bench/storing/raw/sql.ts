/** Bytes in a Durable Object's database: one row for a key, and waiting until it is on disk. */
import type { DurableStorage } from '../../../sdk/src/store/durable-object-store.ts';
import type { RawStore } from '../platform.ts';

/** A row has room for 2 MB. */
export function rawSql(storage: DurableStorage): RawStore {
  const { sql } = storage;
  sql.exec('CREATE TABLE IF NOT EXISTS raw (key TEXT PRIMARY KEY, bytes BLOB)');
  return {
    async put(key, bytes) {
      sql.exec('INSERT INTO raw VALUES (?, ?)', key, bytes);
      await storage.sync();
    },
    async read(prefix) {
      const query = 'SELECT bytes FROM raw WHERE key >= ? AND key < ?';
      const rows = sql.exec(query, prefix, `${prefix}~`).toArray();
      return rows.map(({ bytes }) => new Uint8Array(bytes as ArrayBuffer));
    },
  };
}
