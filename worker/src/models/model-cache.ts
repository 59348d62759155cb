/**
 * What an isolate remembers between requests: each model's pointer for a while, and the few models
 * used last, ready to classify. Requests that come together share one read.
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

/** A request's context, as far as it matters here. */
type Waiting = Pick<ExecutionContext, 'waitUntil'>;

/** The version that a tenant's requests are answered by. */
export interface Found {
  /** Whose it is: a tenant's own, or where it has none the public one of this name. */
  readonly ref: ModelRef;
  readonly pointer: Pointer;
}

interface HeldPointer {
  readonly readAtMs: number;
  readonly found: Promise<Found>;
}

interface HeldModel {
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
  find(ref: ModelRef, env: Env, context: Waiting): Promise<Found> {
    const key = refKey(ref);
    const held = this.#pointers.get(key);
    if (held && Date.now() - held.readAtMs < pointerLifetimeMs) return held.found;
    const found = this.#find(ref, env);
    if (this.#pointers.size >= maxPointers) this.#pointers.clear();
    keepOrForget(this.#pointers, key, { readAtMs: Date.now(), found }, found, context);
    return found;
  }

  /** Whether a version that is at least this new is published. */
  async has(ref: ModelRef, least: number, env: Env, context: Waiting): Promise<boolean> {
    try {
      return (await this.find(ref, env, context)).pointer.version >= least;
    } catch (error) {
      if (error instanceof Problem && error.code === 'model/unknown') return false;
      throw error;
    }
  }

  /** Has the next request look for the current version: this one knows that there is a newer one. */
  forget(ref: ModelRef): void {
    this.#pointers.delete(refKey(ref));
  }

  /**
   * Lends out the current version of a model until `run` is done.
   * @throws Problem `model/unknown`, `model/unavailable`
   */
  async use<T>(
    ref: ModelRef,
    env: Env,
    context: Waiting,
    run: (model: Model, pointer: Pointer) => Promise<T>,
  ): Promise<T> {
    const { ref: own, pointer } = await this.find(ref, env, context);
    const key = snapshotKey(own, pointer);
    let held = this.#models.get(key);
    if (!held) {
      const model = readModel(own, pointer, env);
      held = { model, users: 0 };
      keepOrForget(this.#models, key, held, model, context);
    }
    held.users++;
    try {
      return await run(await held.model, pointer);
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
    throw new Problem(
      'model/unknown',
      `There is no model "${ref.name}"; GET /v1/models lists them.`,
    );
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

async function readModel(ref: ModelRef, pointer: Pointer, env: Env): Promise<Model> {
  const snapshot = await readSnapshot(env.MODELS, ref, pointer);
  if (snapshot) return loadModel(snapshot);
  throw new Problem(
    'model/unavailable',
    `Version ${pointer.version} of "${ref.name}" has not reached this place yet. Try again in a minute.`,
  );
}

/**
 * Remembers work in progress, but not its failure. The request that began it must not end it by
 * hanging up, since others wait for it too.
 */
function keepOrForget<T>(
  entries: Map<string, T>,
  key: string,
  entry: T,
  work: Promise<unknown>,
  context: Waiting,
): void {
  entries.set(key, entry);
  context.waitUntil(
    work.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    }),
  );
}
