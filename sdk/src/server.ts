/**
 * `@hff-edge/sdk` in Node, Deno, Bun and in server rendering: what `browser.ts` offers, by the same
 * names and types. A model may also be a file, and a store must be named. What else Node can do is in
 * `@hff-edge/sdk/node`.
 * @example
 * import { loadModel } from '@hff-edge/sdk';
 * const model = await loadModel('models/digits.safetensors');
 */
import type { Backend } from './backend/backend.ts';
import type { LoadOptions } from './browser.ts';
import { inlinedEngine } from './inlined-engine.ts';
import { Model } from './model.ts';
import { importStored, openStored, removeStored } from './open-stored.ts';
import type { OpenedModel } from './opened-model.ts';
import { readBytes } from './read-bytes.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';

export type { LoadOptions } from './browser.ts';
export * from './index.ts';

/** @throws HffError `data/not-found`, `snapshot/…`, `backend/…`, `learn/…` */
export async function loadModel(
  source: ModelSource,
  { backend }: LoadOptions = {},
): Promise<Model> {
  return Model.load(await engine(backend), await sourceBytes(source, readBytes));
}

/**
 * @throws HffError `option/invalid` without a store, `data/not-found`, `store/…`, `snapshot/…`,
 *   `backend/…`, `learn/…`
 */
export async function openModel(
  name: string,
  { store, source, backend }: Partial<OpenOptions<ModelSource>> = {},
): Promise<OpenedModel> {
  const bytes = source === undefined ? undefined : () => sourceBytes(source, readBytes);
  return openStored(name, store, await engine(backend), bytes);
}

/** @param bytes of `model.export()`, from this or another device */
export async function importModel(
  bytes: Uint8Array | ArrayBuffer,
  { store, name, backend }: Partial<ImportOptions> = {},
): Promise<OpenedModel> {
  return importStored(bytes, store, await engine(backend), name);
}

/** Takes a model, and all that it learned, out of the store. */
export async function removeModel(
  name: string,
  { store }: Partial<StoreOptions> = {},
): Promise<void> {
  return removeStored(name, store);
}

async function engine(backend: Backend | undefined): Promise<Backend> {
  return backend ?? inlinedEngine();
}
