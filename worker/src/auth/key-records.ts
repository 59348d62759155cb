/** Records of API keys, which an isolate remembers for a while; reads under way are not shared. */
import * as v from 'valibot';
import { type KeyRecord, keyRecordSchema } from './key-record.ts';

/** How long an isolate believes what it read: as long a revoked key may go on at most, and KV's minute. */
const lifetimeMs = 30_000;
const mostHeld = 1000;

interface Held {
  readonly readAtMs: number;
  readonly record: KeyRecord | null;
}

export class KeyRecords {
  readonly #held = new Map<string, Held>();

  /** @returns null where there is no such key */
  async find(kv: KVNamespace, id: string): Promise<KeyRecord | null> {
    const held = this.#held.get(id);
    const readAtMs = Date.now();
    if (held && readAtMs - held.readAtMs < lifetimeMs) return held.record;
    const record = await read(kv, id);
    if (this.#held.size >= mostHeld) this.#held.clear();
    this.#held.set(id, { readAtMs, record });
    return record;
  }
}

async function read(kv: KVNamespace, id: string): Promise<KeyRecord | null> {
  const { success, output } = v.safeParse(keyRecordSchema, await kv.get(`key/${id}`, 'json'));
  return success ? output : null;
}
