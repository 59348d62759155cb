/** A store in memory that writes down what was done to it, so that it can be had as it was at any moment. */
import { memoryStore, type Store } from '../../sdk/src/stores.ts';

interface Step {
  readonly key: string;
  /** Null where the key was removed. */
  readonly bytes: Uint8Array | null;
}

export interface RecordedStore extends Store {
  /** How many operations changed it so far. */
  readonly length: number;
  /**
   * A store as this one was after so many of them.
   * @param lastBytes how many bytes of the last one were written, where not all
   */
  at(length: number, lastBytes?: number): Promise<Store>;
}

export function recordedStore(): RecordedStore {
  const store = memoryStore();
  const steps: Step[] = [];
  return {
    load: (key) => store.load(key),
    list: (prefix) => store.list(prefix),
    async create(key, bytes) {
      const created = await store.create(key, bytes);
      if (created) steps.push({ key, bytes: bytes.slice() });
      return created;
    },
    async remove(key) {
      await store.remove(key);
      steps.push({ key, bytes: null });
    },
    get length() {
      return steps.length;
    },
    async at(length, lastBytes) {
      const past = memoryStore();
      for (const [i, { key, bytes }] of steps.slice(0, length).entries()) {
        const end = i === length - 1 ? lastBytes : undefined;
        if (bytes) await past.create(key, bytes.subarray(0, end));
        else await past.remove(key);
      }
      return past;
    },
  };
}
