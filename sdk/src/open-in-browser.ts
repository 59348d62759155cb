/** `openModel` and its like in browsers, with IndexedDB unless told otherwise. */

import { inlinedEngine } from './inlined-engine.ts';
import { importStored, openStored, removeStored } from './open-stored.ts';
import type { OpenedModel } from './opened-model.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import { indexedDbStore } from './store/indexed-db-store.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';

export async function openInBrowser(
  name: string,
  { source, store, backend }: Partial<OpenOptions<ModelSource>>,
): Promise<OpenedModel> {
  return openStored(
    name,
    store ?? indexedDbStore(),
    backend ?? (await inlinedEngine()),
    source === undefined ? undefined : () => sourceBytes(source),
  );
}

export async function importInBrowser(
  bytes: Uint8Array | ArrayBuffer,
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
