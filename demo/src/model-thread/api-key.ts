/**
 * The API key for sync, in IndexedDB: it is there after a restart, so that what was taught without a
 * network is brought home without asking for the key again. Scripts of other origins cannot read it,
 * and the page's Content-Security-Policy lets no foreign script in. It is of scope learn, one for each
 * device, and can be revoked (`npm run key -- --revoke ID`).
 */
import { createStore, del, get, set } from 'idb-keyval';

const place = createStore('hff-edge-demo', 'settings');
const name = 'api-key';

export function loadKey(): Promise<string | undefined> {
  return get(name, place);
}

/** @param key null to forget it */
export function keepKey(key: string | null): Promise<void> {
  return key === null ? del(name, place) : set(name, key, place);
}
