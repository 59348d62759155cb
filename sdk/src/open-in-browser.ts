/** `openModel` and its like in browsers, with IndexedDB unless told otherwise. */
import { browserEngine } from './browser-engine.ts';
import { fetchBytes } from './fetch-bytes.ts';
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
    backend ?? (await browserEngine()),
    source === undefined ? undefined : bytes,
  );
}

export async function importInBrowser(
  bytes: Uint8Array,
  { name, store, backend }: Partial<ImportOptions>,
): Promise<OpenedModel> {
  return importStored(bytes, store ?? indexedDbStore(), backend ?? (await browserEngine()), name);
}

export async function removeInBrowser(
  name: string,
  { store }: Partial<StoreOptions>,
): Promise<void> {
  return removeStored(name, store ?? indexedDbStore());
}
