/**
 * Models in KV: immutable blobs, one per version, and a small pointer per model that names the
 * current version. KV has no transactions, so the blob is written before the pointer: whoever
 * follows a pointer finds its blob, or, at a distant edge, soon will.
 */
import * as v from 'valibot';
import { type ModelRef, refKey } from './model-ref.ts';

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

/** Versions are kept for those who still go by an older pointer, and to be looked at. */
export function versionKey(ref: ModelRef, version: number): string {
  return snapshotKey(ref, { version, sizeBytes: 0 });
}

/** Most keys that KV reads at once. */
const pageSize = 100;

/** @returns null when there is no such model */
export async function readPointer(kv: KVNamespace, ref: ModelRef): Promise<Pointer | null> {
  const json = await kv.get(pointerPrefix + refKey(ref), 'json');
  return v.parse(v.nullable(pointerSchema), json);
}

/**
 * Where a snapshot is kept. A deployment's is under its hash, so that places that seed at once, or
 * with an old pointer in view, never overwrite each other's.
 */
export function snapshotKey(ref: ModelRef, { version, seed }: Pointer): string {
  return `model/${refKey(ref)}/${seed ?? version}`;
}

/** @returns null while the version has not reached this place */
export async function readSnapshot(
  kv: KVNamespace,
  ref: ModelRef,
  pointer: Pointer,
): Promise<Uint8Array | null> {
  const bytes = await kv.get(snapshotKey(ref, pointer), 'arrayBuffer');
  return bytes && new Uint8Array(bytes);
}

/** Makes `snapshot` the version that `pointer` names, and that the current one. */
export async function publish(
  kv: KVNamespace,
  ref: ModelRef,
  pointer: Pointer,
  snapshot: Uint8Array,
): Promise<void> {
  await kv.put(snapshotKey(ref, pointer), snapshot);
  await kv.put(pointerPrefix + refKey(ref), JSON.stringify(pointer));
}

/** Takes the pointer away, so that there is no such model any more. */
export async function unpublish(kv: KVNamespace, ref: ModelRef): Promise<void> {
  await kv.delete(pointerPrefix + refKey(ref));
}

/** All models of a tenant by name. */
export async function listPointers(kv: KVNamespace, tenant: string): Promise<Map<string, Pointer>> {
  const prefix = `${pointerPrefix}${tenant}/`;
  const pointers = new Map<string, Pointer>();
  let cursor: string | null = null;
  do {
    const page: KVNamespaceListResult<unknown> = await kv.list({
      prefix,
      limit: pageSize,
      cursor,
    });
    const keys = page.keys.map(({ name }) => name);
    const values = keys.length > 0 ? await kv.get(keys, 'json') : new Map<string, unknown>();
    for (const [key, value] of values) {
      if (value !== null) pointers.set(key.slice(prefix.length), v.parse(pointerSchema, value));
    }
    cursor = page.list_complete ? null : page.cursor;
  } while (cursor);
  return pointers;
}
