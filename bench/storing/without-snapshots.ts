/** A store that takes no snapshots: what is in it is as if each writer had died right before its own. */
import type { Store } from '@hff-edge/sdk';

export function withoutSnapshots(store: Store): Store {
  return {
    load: (key) => store.load(key),
    create: async (key, bytes) => key.includes('/snapshot/') || store.create(key, bytes),
    list: (prefix) => store.list(prefix),
    remove: (key) => store.remove(key),
  };
}
