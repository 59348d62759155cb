/**
 * Chromium keeps IndexedDB in LevelDB. After a crash in the middle of a record it goes on writing behind
 * the torn end of its log, takes that for damage at the next start, and empties all databases of the
 * origin. When a database is deleted, it writes what the log has elsewhere, and begins a new one.
 */
import { promisifyRequest } from 'idb-keyval';

const scratch = 'hff-edge-scratch';

let isFinished = false;

/** Once for a page or worker, in milliseconds, without holding anything up. */
export function finishLog(): void {
  if (isFinished) return;
  isFinished = true;
  // Of all that have IndexedDB, Chromium alone tells in this way that data are lost.
  const { prototype } = globalThis.IDBVersionChangeEvent ?? {};
  if (prototype && 'dataLoss' in prototype) deleteScratch().catch(() => {});
}

async function deleteScratch(): Promise<void> {
  const database = await promisifyRequest(indexedDB.open(scratch));
  database.close();
  await promisifyRequest(indexedDB.deleteDatabase(scratch));
}
