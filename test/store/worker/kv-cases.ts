/** What is so of KV only. */
import { type KvNamespace, kvStore } from '../../../sdk/src/store/kv-store.ts';
import { equal, refused, sameBytes, someBytes } from '../assertions.ts';

const mostBytes = 25 * 1024 * 1024;

export const kvCases: Record<string, (namespace: KvNamespace) => Promise<void>> = {
  async 'takes 25 MiB and refuses more'(namespace) {
    const store = kvStore(namespace);
    const bytes = someBytes(mostBytes + 1);
    await refused(store.create('a', bytes), 'store/full', 'more');
    equal(await store.list(''), [], 'list');
    equal(await store.create('a', bytes.subarray(1)), true, 'as much');
    sameBytes(await store.load('a'), bytes.slice(1), 'load');
  },

  async 'says that KV refuses'(namespace) {
    const failure = new Error('KV PUT failed: 429 Too Many Requests');
    const refusing = { ...bound(namespace), put: () => Promise.reject(failure) };
    const creation = kvStore(refusing).create('a', someBytes(1));
    const error = await creation.catch((refusal) => refusal);
    equal([error.code, error.cause === failure], ['store/unavailable', true], 'error');
    equal(await kvStore(namespace).list(''), [], 'list');
  },
};

function bound(namespace: KvNamespace): KvNamespace {
  return {
    get: (key, type) => namespace.get(key, type),
    put: (key, value) => namespace.put(key, value),
    delete: (key) => namespace.delete(key),
    list: (options) => namespace.list(options),
  };
}
