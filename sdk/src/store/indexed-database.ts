/**
 * A database of IndexedDB with one object store, for idb-keyval. It is opened when it is first used,
 * and anew after another tab or the browser has closed it.
 */
import type { UseStore } from 'idb-keyval';
import { finishLog } from './finish-log.ts';

const objectStore = 'entries';

/** An open request has no answer while another tab holds up a deletion of the database. */
const longestOpening = 10_000;

/** Write transactions are on disk when they complete, not just handed to the operating system. */
export function openDatabase(name: string): UseStore {
  let opened: Promise<IDBDatabase> | undefined;

  const connect = (): Promise<IDBDatabase> => {
    if (opened) return opened;
    finishLog();
    const connection = open(name);
    const forget = (): void => {
      if (opened === connection) opened = undefined;
    };
    opened = connection;
    connection.then((database) => {
      database.onclose = forget;
      // Someone wants to delete the database, or to change its version.
      database.onversionchange = () => {
        forget();
        database.close();
      };
    }, forget);
    return connection;
  };

  const begin = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    const database = await connect();
    const options = mode === 'readwrite' ? ({ durability: 'strict' } as const) : {};
    return database.transaction(objectStore, mode, options).objectStore(objectStore);
  };

  return async (mode, run) => {
    let entries: IDBObjectStore;
    try {
      entries = await begin(mode);
    } catch (cause) {
      // Closed without any event, as Safari does at times.
      if ((cause as Error).name !== 'InvalidStateError') throw cause;
      opened = undefined;
      entries = await begin(mode);
    }
    return run(entries);
  };
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`no answer within ${longestOpening / 1000} s`));
    }, longestOpening);
    request.onupgradeneeded = () => request.result.createObjectStore(objectStore);
    request.onsuccess = () => {
      clearTimeout(timer);
      if (isLate) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}
