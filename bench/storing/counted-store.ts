/** A store that counts what it is asked for. */
import type { Store } from '@hff-edge/sdk';

export interface Counts {
  /** Bytes that were created. */
  entries: number;
  snapshots: number;
  /** Calls. */
  load: number;
  create: number;
  list: number;
  remove: number;
}

export interface CountedStore {
  readonly store: Store;
  /** Since it was counted last. */
  take(): Counts;
}

export function countedStore(inner: Store): CountedStore {
  let counts = noCounts();
  const { watch, exclusive } = inner;
  const store: Store = {
    load(key) {
      counts.load++;
      return inner.load(key);
    },
    create(key, bytes) {
      counts.create++;
      counts[key.includes('/log/') ? 'entries' : 'snapshots'] += bytes.length;
      return inner.create(key, bytes);
    },
    list(prefix) {
      counts.list++;
      return inner.list(prefix);
    },
    remove(key) {
      counts.remove++;
      return inner.remove(key);
    },
    ...(watch && { watch: watch.bind(inner) }),
    ...(exclusive && { exclusive: exclusive.bind(inner) as NonNullable<Store['exclusive']> }),
  };
  return {
    store,
    take() {
      const taken = counts;
      counts = noCounts();
      return taken;
    },
  };
}

function noCounts(): Counts {
  return { entries: 0, snapshots: 0, load: 0, create: 0, list: 0, remove: 0 };
}
