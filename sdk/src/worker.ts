/**
 * `@hff-edge/sdk/worker` in Cloudflare Workers (workerd): the kernels come in as a module that
 * wrangler compiles at deployment, since workerd compiles none from bytes.
 * @example
 * import { loadModel } from '@hff-edge/sdk/worker';
 * const bytes = await env.MODELS.get('digits', 'arrayBuffer');
 * if (!bytes) throw new Error('KV holds no model "digits"; put one there first.');
 * const model = await loadModel(new Uint8Array(bytes));
 * const { label } = await model.classify(pixels);
 */
import kernels from '../wasm/kernels.wasm';
import type { Backend } from './backend/backend.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import type { Versions } from './learn/changes-since.ts';
import { Model } from './model.ts';
import type { OpenedModel } from './opened-model.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';
import { warmUp as warmUpWith } from './warm-up.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

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

/** @throws HffError `snapshot/…`, `backend/…` */
export async function loadModel(bytes: Uint8Array, options: LoadOptions = {}): Promise<Model> {
  return Model.load(options.backend ?? engine(), bytes);
}

/**
 * Opens a model that keeps what it learns, in a Durable Object's storage or in KV. What the store has
 * under the name is there again; the first time, the model comes from `source`. Each change is stored
 * before its promise fulfils. KV bears one writer only.
 * @throws HffError `data/not-found` where the store has none and there is no source, `store/…`,
 *   `snapshot/…`, `learn/…`
 * @example
 * import { durableObjectStore } from '@hff-edge/sdk/stores';
 * const model = await openModel('digits', { store: durableObjectStore(ctx.storage), source: bytes });
 */
export async function openModel(
  name: string,
  { store, source, backend }: OpenOptions<Uint8Array | (() => Promise<Uint8Array>)>,
): Promise<OpenedModel> {
  const { openStored } = await import('./open-stored.ts');
  const bytes = source instanceof Uint8Array ? async () => source : source;
  return openStored(name, store, backend ?? engine(), bytes);
}

/**
 * Keeps an exported model, with what it learned, in the place of what the store has under its name.
 * @param bytes of `model.export()`, from this or another device
 */
export async function importModel(
  bytes: Uint8Array,
  { store, name, backend }: ImportOptions,
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
  { store }: Pick<StoreOptions, 'store'>,
): Promise<void> {
  return (await import('./open-stored.ts')).removeStored(name, store);
}

function engine(): Backend {
  return new SimdBackend(kernels, async () => (await import('./worker-extra.ts')).extraKernels);
}
