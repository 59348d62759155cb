/**
 * Bytes in Workers KV, one value per key.
 *
 * KV has no compare-and-swap. `create` looks whether the key is free and then writes, so of two that
 * create the same key at once both are told that they did, and the bytes of the later one stay. Each
 * model therefore needs one writer at a time: one Worker that is asked one thing after another, or a
 * script. Where several write, take `durableObjectStore`.
 *
 * KV answers from caches near the reader, also that a key is not there: elsewhere an entry shows up to
 * a minute or more after it was created, and lists may lag behind likewise. One key can be written
 * once a second, which writing once never meets.
 */
import { checkKey, checkPrefix } from './keys.ts';
import { full, unavailable } from './refusals.ts';
import type { Store } from './store.ts';

/** What a store needs of a KV namespace: `env.MODELS` is one. */
export interface KvNamespace {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>;
  put(key: string, value: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  list(options: { prefix: string; cursor: string | null }): Promise<KvPage>;
}

/** A part of a list. */
export interface KvPage {
  readonly keys: readonly { readonly name: string }[];
  readonly list_complete: boolean;
  /** Where the list goes on, unless it is complete. */
  readonly cursor?: string;
}

/** KV's limit for one value: 25 MiB. */
const mostBytes = 25 * 1024 * 1024;

/** @param namespace of which the whole is this store's */
export function kvStore(namespace: KvNamespace): Store {
  return new KvStore(namespace);
}

class KvStore implements Store {
  readonly #namespace: KvNamespace;

  constructor(namespace: KvNamespace) {
    this.#namespace = namespace;
  }

  async load(key: string): Promise<Uint8Array | null> {
    checkKey(key);
    const bytes = await ask(key, () => this.#namespace.get(key, 'arrayBuffer'));
    return bytes && new Uint8Array(bytes);
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    checkKey(key);
    if (bytes.length > mostBytes) {
      throw full(
        `Workers KV, key ${key}`,
        `${bytes.length} bytes where a value may have ${mostBytes}`,
      );
    }
    const own = new Uint8Array(bytes);
    if (await this.load(key)) return false;
    await ask(key, () => this.#namespace.put(key, own));
    return true;
  }

  async list(prefix: string): Promise<string[]> {
    checkPrefix(prefix);
    const keys: string[] = [];
    let cursor: string | null = null;
    do {
      const options = { prefix, cursor };
      const page: KvPage = await ask(`${prefix}…`, () => this.#namespace.list(options));
      for (const { name } of page.keys) keys.push(name);
      cursor = page.list_complete ? null : (page.cursor ?? null);
    } while (cursor);
    return keys;
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    await ask(key, () => this.#namespace.delete(key));
  }
}

async function ask<T>(key: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw unavailable(`Workers KV, key ${key}`, cause);
  }
}
