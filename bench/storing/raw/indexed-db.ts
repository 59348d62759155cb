/** Bytes in IndexedDB, with a transaction of strict durability for each put; reading opens it anew. */
import type { RawStore } from '../platform.ts';

export function rawIndexedDb(): RawStore {
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => {
    opened ??= open();
    return opened;
  };
  return {
    async put(key, bytes) {
      const transaction = (await database()).transaction('raw', 'readwrite', {
        durability: 'strict',
      });
      transaction.objectStore('raw').put(bytes, key);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
    },
    async read(prefix) {
      const entries = (await database()).transaction('raw').objectStore('raw');
      return result<Uint8Array[]>(entries.getAll(IDBKeyRange.bound(prefix, `${prefix}~`)));
    },
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('raw');
  request.onupgradeneeded = () => request.result.createObjectStore('raw');
  return result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
