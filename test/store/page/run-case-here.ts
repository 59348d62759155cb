/** One case of the contract in a page or in a worker of it. */
import { indexedDbStore } from '../../../sdk/src/store/indexed-db-store.ts';
import { memoryStore } from '../../../sdk/src/store/memory-store.ts';
import type { Store } from '../../../sdk/src/store/store.ts';
import { runCase } from '../contract.ts';

export type StoreKind = 'indexed-db' | 'memory';

export function openDatabase(database: string): Store {
  return indexedDbStore({ database });
}

export function runCaseHere(kind: StoreKind, name: string): Promise<void> {
  const id = crypto.randomUUID();
  const memory = { here: memoryStore(), there: memoryStore() };
  return runCase(name, {
    open: async (place) =>
      kind === 'memory' ? memory[place] : openDatabase(`${name} ${id} ${place}`),
  });
}
