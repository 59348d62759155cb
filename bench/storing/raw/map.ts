/** Bytes in a Map, copied in and out. */
import type { RawStore } from '../platform.ts';

export function rawMap(map: Map<string, Uint8Array>): RawStore {
  return {
    async put(key, bytes) {
      map.set(key, bytes.slice());
    },
    async read(prefix) {
      return [...map].filter(([key]) => key.startsWith(prefix)).map(([, bytes]) => bytes.slice());
    },
  };
}
