/** Stores in a page; the tests call these functions in it. */
import type { Store } from '../../../sdk/src/store/store.ts';
import { someBytes as bytesOf } from '../assertions.ts';
import { checkLasting, writeLasting } from '../lasting.ts';
import { openDatabase, runCaseHere, type StoreKind } from './run-case-here.ts';

declare global {
  /** Rejects where the case fails. */
  var runCase: (kind: StoreKind, name: string) => Promise<void>;
  /** The same in a worker of the page. */
  var runCaseInWorker: (kind: StoreKind, name: string) => Promise<void>;
  /** Opens a store in IndexedDB. */
  var openStore: (database: string) => Store;
  var lasting: { readonly write: typeof writeLasting; readonly check: typeof checkLasting };
  var someBytes: typeof bytesOf;
}

globalThis.runCase = runCaseHere;
globalThis.openStore = openDatabase;
globalThis.lasting = { write: writeLasting, check: checkLasting };
globalThis.someBytes = bytesOf;

globalThis.runCaseInWorker = async (kind, name) => {
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' });
  const failure = await new Promise<string | null>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ kind, name });
  });
  worker.terminate();
  if (failure !== null) throw new Error(failure);
};
