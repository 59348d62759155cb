/**
 * `@hff-edge/sdk/stores`: where models can be kept besides a folder, which is in `@hff-edge/sdk/node`.
 * @example
 * import { openModel } from '@hff-edge/sdk/worker';
 * import { durableObjectStore } from '@hff-edge/sdk/stores';
 * const model = await openModel('digits', { store: durableObjectStore(ctx.storage), source: bytes });
 * @module @hff-edge/sdk/stores
 */
export {
  type DurableObjectOptions,
  type DurableStorage,
  durableObjectStore,
  type SqlDatabase,
} from './store/durable-object-store.ts';
export { type IndexedDbOptions, indexedDbStore } from './store/indexed-db-store.ts';
export { type KvNamespace, type KvPage, kvStore } from './store/kv-store.ts';
export { memoryStore } from './store/memory-store.ts';
export type { Store } from './store/store.ts';
