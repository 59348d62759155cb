/** The model of a room: opened when it is first needed, replaced as a whole, and its version. */
import { importModel, type OpenedModel, openModel, type Store } from '@hff-edge/sdk/worker';
import { publicTenant } from '../auth/caller.ts';
import { Problem } from '../http/problem.ts';
import type { ModelRef } from '../models/model-ref.ts';
import { readPointer, readSnapshot } from '../models/model-store.ts';
import { defaultModel, seedModel } from '../models/seed-model.ts';
import type { RoomFacts } from './room-facts.ts';

export class RoomModel {
  readonly #env: Env;
  readonly #ref: ModelRef;
  readonly #store: Store;
  readonly #facts: RoomFacts;
  #model: Promise<OpenedModel> | undefined;

  constructor(env: Env, ref: ModelRef, store: Store, facts: RoomFacts) {
    this.#env = env;
    this.#ref = ref;
    this.#store = store;
    this.#facts = facts;
  }

  /**
   * The tenant's own, or where there is none yet a copy of the public model of this name.
   * @throws Problem `model/unknown`
   */
  open(): Promise<OpenedModel> {
    this.#model ??= openModel(this.#ref.name, {
      store: this.#store,
      source: () => this.#publicModel(),
    });
    this.#model.catch(() => {
      this.#model = undefined;
    });
    return this.#model;
  }

  /** Null where the tenant has no model of its own of this name. */
  async openIfThere(): Promise<OpenedModel | null> {
    if (!this.#model) {
      const keys = await this.#store.list(`${this.#ref.name}/log/`);
      if (keys.length === 0) return null;
    }
    return this.open();
  }

  /** Puts another model, with what it learned, in the place of what there is. */
  async replace(bytes: Uint8Array): Promise<OpenedModel> {
    const before = await this.#model?.catch(() => undefined);
    this.#model = importModel(bytes, { store: this.#store, name: this.#ref.name });
    try {
      return await this.#model;
    } catch (cause) {
      this.#model = undefined;
      throw cause;
    } finally {
      before?.dispose();
    }
  }

  /** Lets go of it; versions of what comes after it are higher. */
  close(model: OpenedModel): void {
    this.#facts.versionOffset = this.versionOf(model) + 1;
    this.#model = undefined;
    model.dispose();
  }

  versionOf(model: OpenedModel): number {
    return this.#facts.versionOffset + model.revision;
  }

  async #publicModel(): Promise<Uint8Array> {
    const { MODELS } = this.#env;
    const ref = { tenant: publicTenant, name: this.#ref.name };
    const stored = await readPointer(MODELS, ref);
    const pointer =
      ref.name === defaultModel.name ? (await seedModel(this.#env, stored)).pointer : stored;
    const bytes = pointer && (await readSnapshot(MODELS, ref, pointer));
    if (!bytes) {
      throw new Problem(
        'model/unknown',
        `There is no model "${ref.name}" to begin with. Put one there: PUT /v1/models/${ref.name}/snapshot.`,
      );
    }
    this.#facts.versionOffset = Math.max(this.#facts.versionOffset, pointer.version + 1);
    return bytes;
  }
}
