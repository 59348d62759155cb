/** What `openModel` and its like are told, besides where the model comes from. */
import type { Backend } from './backend/backend.ts';
import type { Store } from './store/store.ts';

export interface StoreOptions {
  /** Where models are kept. In browsers IndexedDB by default; elsewhere there is no default. */
  readonly store: Store;
  /** Another engine than our own. Learning needs our own. */
  readonly backend?: Backend;
}

export interface OpenOptions<Source> extends StoreOptions {
  /** The model for a store that has none of this name yet: its address or its bytes. */
  readonly source?: Source;
}

export interface ImportOptions extends StoreOptions {
  /** Under which name it is kept; by default its own. */
  readonly name?: string;
}
