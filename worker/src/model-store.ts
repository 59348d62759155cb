/**
 * Models in KV: immutable blobs, one per version, and a small pointer per model that names the
 * current version. KV has no transactions, so the blob is written before the pointer: whoever
 * follows a pointer finds its blob, or, at a distant edge, soon will.
 */
import * as v from 'valibot';

const pointerSchema = v.object({
  /** Counts up with each publication. */
  version: v.number(),
  sizeBytes: v.number(),
  /** SHA-256 of the snapshot, in hex, where a deployment brought it: see seed-model.ts. */
  seed: v.optional(v.string()),
});

/** The current version of a model. */
export type Pointer = v.InferOutput<typeof pointerSchema>;

const pointerPrefix = 'pointer/';

/** Most keys that KV reads at once. */
const pageSize = 100;

/** @returns null when there is no such model */
export async function readPointer(kv: KVNamespace, name: string): Promise<Pointer | null> {
  return v.parse(v.nullable(pointerSchema), await kv.get(pointerPrefix + name, 'json'));
}

/**
 * Where a snapshot is kept. A deployment's is under its hash, so that places that seed at once, or
 * with an old pointer in view, never overwrite each other's.
 */
export function snapshotKey(name: string, { version, seed }: Pointer): string {
  return `model/${name}/${seed ?? version}`;
}

/** @returns null while the version has not reached this place */
export async function readSnapshot(
  kv: KVNamespace,
  name: string,
  pointer: Pointer,
): Promise<Uint8Array | null> {
  const bytes = await kv.get(snapshotKey(name, pointer), 'arrayBuffer');
  return bytes && new Uint8Array(bytes);
}

/** Makes `snapshot` the version that `pointer` names, and that the current one. */
export async function publish(
  kv: KVNamespace,
  name: string,
  pointer: Pointer,
  snapshot: Uint8Array,
): Promise<void> {
  await kv.put(snapshotKey(name, pointer), snapshot);
  await kv.put(pointerPrefix + name, JSON.stringify(pointer));
}

/** All models by name. */
export async function listPointers(kv: KVNamespace): Promise<Map<string, Pointer>> {
  const pointers = new Map<string, Pointer>();
  let cursor: string | null = null;
  do {
    const page: KVNamespaceListResult<unknown> = await kv.list({
      prefix: pointerPrefix,
      limit: pageSize,
      cursor,
    });
    const keys = page.keys.map(({ name }) => name);
    const values = keys.length > 0 ? await kv.get(keys, 'json') : new Map<string, unknown>();
    for (const [key, value] of values) {
      if (value !== null)
        pointers.set(key.slice(pointerPrefix.length), v.parse(pointerSchema, value));
    }
    cursor = page.list_complete ? null : page.cursor;
  } while (cursor);
  return pointers;
}
