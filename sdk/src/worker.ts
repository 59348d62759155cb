/**
 * `@hff-edge/sdk/worker` in Cloudflare Workers (workerd): the kernels come in as a module that
 * wrangler compiles at deployment, since workerd compiles none from bytes.
 * @example
 * import { loadModel } from '@hff-edge/sdk/worker';
 * const bytes = await env.MODELS.get('digits', 'arrayBuffer');
 * if (!bytes) throw new Error('KV holds no model "digits"; put one there first.');
 * const model = await loadModel(new Uint8Array(bytes));
 * const { label } = await model.classify(pixels);
 * @module @hff-edge/sdk/worker
 */
import kernels from '../wasm/kernels.wasm';
import type { Backend } from './backend/backend.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import type { Versions } from './learn/changes-since.ts';
import { Model } from './model.ts';
import type { OpenedModel } from './opened-model.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';
import { warmUp as warmUpWith } from './warm-up.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

/** Address or bytes of a model, or what gets the bytes where the store has none. */
export type WorkerSource = ModelSource | (() => Promise<Uint8Array>);

/**
 * Takes the runtime's own work, compiling functions at their first call, out of the first request:
 * call it at module scope, where a Worker's start has a second of time. Nothing depends on it.
 * @example
 * await warmUp();
 * export default { async fetch(request, env) { … } };
 */
export function warmUp(): Promise<void> {
  return warmUpWith(engine());
}

/**
 * Loads a model from its bytes or its http(s) address.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/…`
 */
export async function loadModel(source: ModelSource, options: LoadOptions = {}): Promise<Model> {
  return Model.load(options.backend ?? engine(), await sourceBytes(source));
}

/**
 * Opens a model that keeps what it learns, in a Durable Object's storage or in KV. What the store has
 * under the name is there again; the first time, the model comes from `source`. Each change is stored
 * before its promise fulfils. KV bears one writer only.
 * @throws HffError `option/invalid` without a store, `data/not-found` where the store has none and there
 *   is no source, `store/…`, `snapshot/…`, `learn/…`
 * @example
 * import { durableObjectStore } from '@hff-edge/sdk/stores';
 * const model = await openModel('digits', { store: durableObjectStore(ctx.storage), source: bytes });
 */
export async function openModel(
  name: string,
  { store, source, backend }: Partial<OpenOptions<WorkerSource>> = {},
): Promise<OpenedModel> {
  const { openStored } = await import('./open-stored.ts');
  const isLater = source === undefined || typeof source === 'function';
  const bytes = isLater ? source : () => sourceBytes(source);
  return openStored(name, store, backend ?? engine(), bytes);
}

/**
 * Keeps an exported model, with what it learned, in the place of what the store has under its name.
 * @param bytes of `model.export()`, from this or another device
 */
export async function importModel(
  bytes: Uint8Array | ArrayBuffer,
  { store, name, backend }: Partial<ImportOptions> = {},
): Promise<OpenedModel> {
  const { importStored } = await import('./open-stored.ts');
  return importStored(bytes, store, backend ?? engine(), name);
}

/**
 * Up to which version of each replica these bytes of `model.changesSince()` tell.
 * @throws HffError `snapshot/…`, `learn/malformed`
 */
export async function versionsIn(changes: Uint8Array): Promise<Versions> {
  const { readChanges } = await import('./format/read-changes.ts');
  return Object.fromEntries(
    readChanges(changes).replicas.map(({ replica, version }) => [replica, version]),
  );
}

/** Takes a model, and all that it learned, out of the store. */
export async function removeModel(
  name: string,
  { store }: Partial<StoreOptions> = {},
): Promise<void> {
  return (await import('./open-stored.ts')).removeStored(name, store);
}

function engine(): Backend {
  return new SimdBackend(kernels, async () => (await import('./worker-extra.ts')).extraKernels);
}
