/** `openModel` and its like in browsers, with IndexedDB unless told otherwise. */

import { fetchBytes } from './fetch-bytes.ts';
import { inlinedEngine } from './inlined-engine.ts';
import { importStored, openStored, removeStored } from './open-stored.ts';
import type { OpenedModel } from './opened-model.ts';
import { indexedDbStore } from './store/indexed-db-store.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';

export async function openInBrowser(
  name: string,
  { source, store, backend }: Partial<OpenOptions<string | URL | Uint8Array>>,
): Promise<OpenedModel> {
  const bytes = async (): Promise<Uint8Array> =>
    source instanceof Uint8Array ? source : fetchBytes(source as string | URL);
  return openStored(
    name,
    store ?? indexedDbStore(),
    backend ?? (await inlinedEngine()),
    source === undefined ? undefined : bytes,
  );
}

export async function importInBrowser(
  bytes: Uint8Array,
  { name, store, backend }: Partial<ImportOptions>,
): Promise<OpenedModel> {
  return importStored(bytes, store ?? indexedDbStore(), backend ?? (await inlinedEngine()), name);
}

export async function removeInBrowser(
  name: string,
  { store }: Partial<StoreOptions>,
): Promise<void> {
  return removeStored(name, store ?? indexedDbStore());
}
