/** Bytes in Workers KV. It has no way to read many keys' bytes at once: all are asked for at once. */
import type { KvNamespace } from '../../../sdk/src/store/kv-store.ts';
import type { RawStore } from '../platform.ts';

export function rawKv(namespace: KvNamespace): RawStore {
  const keys = async (prefix: string): Promise<string[]> => {
    const names: string[] = [];
    let cursor: string | null | undefined = null;
    do {
      const page = await namespace.list({ prefix, cursor: cursor ?? null });
      names.push(...page.keys.map(({ name }) => name));
      cursor = page.list_complete ? undefined : page.cursor;
    } while (cursor);
    return names;
  };
  return {
    put: (key, bytes) => namespace.put(key, bytes),
    async read(prefix) {
      const load = async (key: string): Promise<Uint8Array> =>
        new Uint8Array((await namespace.get(key, 'arrayBuffer')) as ArrayBuffer);
      return Promise.all((await keys(prefix)).map(load));
    },
  };
}
