/**
 * What an isolate remembers between requests: each model's pointer for a while, and the few models
 * used last, ready to classify. Only what was read is shared, never a read under way: it would end
 * with the request that began it, and all that wait for it would wait for ever.
 */
import { loadModel, type Model } from '@hff-edge/sdk/worker';
import { publicTenant } from '../auth/caller.ts';
import { Problem } from '../http/problem.ts';
import { type ModelRef, refKey } from './model-ref.ts';
import { type Pointer, readPointer, readSnapshot, snapshotKey } from './model-store.ts';
import { defaultModel, seedModel } from './seed-model.ts';

const pointerLifetimeMs = 30_000;

/** Models kept in an isolate's 128 MB; more only while all of them are in use. */
const maxModels = 4;

/** Models whose pointers an isolate remembers. */
const maxPointers = 1000;

/** The version that a tenant's requests are answered by. */
export interface Found {
  /** Whose it is: a tenant's own, or where it has none the public one of this name. */
  readonly ref: ModelRef;
  readonly pointer: Pointer;
}

interface HeldPointer {
  readonly readAtMs: number;
  readonly found: Found;
}

interface HeldModel {
  /** Made of bytes that are there: it waits for nothing from outside. */
  readonly model: Promise<Model>;
  users: number;
}

export class ModelCache {
  readonly #pointers = new Map<string, HeldPointer>();
  /** By the snapshot's key, the one used last at the end. */
  readonly #models = new Map<string, HeldModel>();
  /** The default model's pointer as last known; none until the deployment's model was looked at. */
  #defaultPointer: Pointer | undefined;

  /**
   * The current version of a model.
   * @throws Problem `model/unknown`
   */
  async find(ref: ModelRef, env: Env): Promise<Found> {
    const key = refKey(ref);
    const held = this.#pointers.get(key);
    const readAtMs = Date.now();
    if (held && readAtMs - held.readAtMs < pointerLifetimeMs) return held.found;
    const found = await this.#find(ref, env);
    if (this.#pointers.size >= maxPointers) this.#pointers.clear();
    this.#pointers.set(key, { readAtMs, found });
    return found;
  }

  /** Has the next request look for the current version: this one knows that there is a newer one. */
  forget(ref: ModelRef): void {
    this.#pointers.delete(refKey(ref));
  }

  /**
   * Lends out a version of a model until `run` is done.
   * @throws Problem `model/unavailable`
   */
  async use<T>(
    { ref, pointer }: Found,
    env: Env,
    run: (model: Model) => T | Promise<T>,
  ): Promise<T> {
    const key = snapshotKey(ref, pointer);
    const held = this.#models.get(key) ?? this.#load(key, await readVersion(ref, pointer, env));
    held.users++;
    try {
      return await run(await held.model);
    } finally {
      held.users--;
      this.#touch(key, held);
    }
  }

  async #find(ref: ModelRef, env: Env): Promise<Found> {
    const stored = await readPointer(env.MODELS, ref);
    if (refKey(ref) === refKey(defaultModel)) {
      return { ref, pointer: await this.#findDefault(stored, env) };
    }
    if (stored) return { ref, pointer: stored };
    if (ref.tenant !== publicTenant) return this.#find({ ...ref, tenant: publicTenant }, env);
    throw unknownModel(ref.name);
  }

  async #findDefault(stored: Pointer | null, env: Env): Promise<Pointer> {
    if (this.#defaultPointer) {
      // For a minute KV may still say that the pointer is missing.
      this.#defaultPointer = stored ?? this.#defaultPointer;
      return this.#defaultPointer;
    }
    const { pointer, model } = await seedModel(env, stored);
    if (model) this.#hold(snapshotKey(defaultModel, pointer), model);
    this.#defaultPointer = pointer;
    return pointer;
  }

  /** Unless a request that read the same did so meanwhile. */
  #load(key: string, snapshot: Uint8Array): HeldModel {
    const found = this.#models.get(key);
    if (found) return found;
    const held = { model: loadModel(snapshot), users: 0 };
    this.#models.set(key, held);
    held.model.catch(() => this.#models.delete(key));
    return held;
  }

  /** Keeps a loaded model, unless its like is there already, perhaps in use. */
  #hold(key: string, model: Model): void {
    if (this.#models.has(key)) model.dispose();
    else this.#models.set(key, { model: Promise.resolve(model), users: 0 });
  }

  /** Marks a model as used last and frees the idle ones beyond the limit. */
  #touch(key: string, used: HeldModel): void {
    if (this.#models.get(key) === used) {
      this.#models.delete(key);
      this.#models.set(key, used);
    }
    for (const [oldKey, { model, users }] of this.#models) {
      if (this.#models.size <= maxModels) break;
      if (users > 0) continue;
      this.#models.delete(oldKey);
      model.then((idle) => idle.dispose());
    }
  }
}

export function unknownModel(name: string): Problem {
  return new Problem('model/unknown', `There is no model "${name}"; GET /v1/models lists them.`);
}

async function readVersion(ref: ModelRef, pointer: Pointer, env: Env): Promise<Uint8Array> {
  const snapshot = await readSnapshot(env.MODELS, ref, pointer);
  if (snapshot) return snapshot;
  throw new Problem(
    'model/unavailable',
    `Version ${pointer.version} of "${ref.name}" has not reached this place yet. Try again in a minute.`,
  );
}
