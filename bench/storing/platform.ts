/** What a trial needs of the place that it runs in: Node, a page, a Worker or a Durable Object. */
import type { Model, OpenedModel, OpenOptions, Store } from '@hff-edge/sdk';

export interface Platform {
  loadModel(bytes: Uint8Array): Promise<Model>;
  openModel(name: string, options: OpenOptions<Uint8Array>): Promise<OpenedModel>;
  importModel(bytes: Uint8Array, options: { name: string; store: Store }): Promise<OpenedModel>;
  /** The place's store, as one who comes anew has it. */
  store(): Store;
  /** The same without our driver, with keys of its own. */
  raw(): RawStore;
}

/** What the platform itself offers, used as well as it can be. */
export interface RawStore {
  /** Ends when the bytes are as safe as the driver promises. A key is put once. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under all keys that begin so, in any order, at once if the platform can. */
  read(prefix: string): Promise<readonly Uint8Array[]>;
}
