/** Bytes kept for as long as the page, Worker or process lives. */
import { checkKey, checkPrefix } from './keys.ts';
import type { Store } from './store.ts';

/** A store of its own with each call. Whoever shares the store may watch it, and hears all of it. */
export function memoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly #entries = new Map<string, Uint8Array>();
  readonly #listeners = new Set<(key: string) => void>();

  async load(key: string): Promise<Uint8Array | null> {
    checkKey(key);
    const bytes = this.#entries.get(key);
    return bytes ? new Uint8Array(bytes) : null;
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    checkKey(key);
    if (this.#entries.has(key)) return false;
    this.#entries.set(key, new Uint8Array(bytes));
    // Later, so that a listener neither delays the creator nor throws at it.
    for (const tell of this.#listeners) queueMicrotask(() => tell(key));
    return true;
  }

  async list(prefix: string): Promise<string[]> {
    checkPrefix(prefix);
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    this.#entries.delete(key);
  }

  watch(listener: (key: string) => void): () => void {
    // Of its own, since the same function may listen twice.
    const tell = (key: string): void => listener(key);
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }
}
