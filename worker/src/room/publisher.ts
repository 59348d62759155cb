/**
 * Publishes a room's model, a moment after it changed: a copy that only decides goes to KV, for isolates
 * everywhere; all that the version knew stays in the room, to go back to.
 */
import { HffError, type OpenedModel, type Store } from '@hff-edge/sdk/worker';
import type { ModelRef } from '../models/model-ref.ts';
import { publish, unpublish, versionKey } from '../models/model-store.ts';
import type { Gate } from './gate.ts';
import type { RoomFacts } from './room-facts.ts';

/** Versions that can be rolled back to. */
const keptVersions = 10;
/** So that many changes make one version: KV takes one write a second for each key. */
const delayMs = 1000;

export class Publisher {
  readonly #env: Env;
  readonly #ref: ModelRef;
  readonly #store: Store;
  readonly #facts: RoomFacts;
  readonly #gate: Gate;

  constructor(env: Env, ref: ModelRef, store: Store, facts: RoomFacts, gate: Gate) {
    this.#env = env;
    this.#ref = ref;
    this.#store = store;
    this.#facts = facts;
    this.#gate = gate;
  }

  /** Sets the alarm; before a change, so that no crash leaves one that is never published. */
  async schedule(storage: DurableObjectStorage): Promise<void> {
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + delayMs);
  }

  /** What must not be published stays, with the reason, until there is a better version. */
  async publish(model: OpenedModel, version: number): Promise<void> {
    const [last] = this.#facts.published();
    if (last?.version === version || (await model.classes()).length === 0) return;
    const candidate = await this.#candidate(model);
    if ('reason' in candidate) {
      this.#facts.setRefused(version, candidate.reason);
      return;
    }
    const { frozen } = candidate;
    await this.#store.create(keptKey(version), await model.export());
    const pointer = { version, sizeBytes: frozen.length };
    await publish(this.#env.MODELS, this.#ref, pointer, frozen);
    this.#facts.addPublished(version, frozen.length);
    for (const old of this.#facts.published().slice(keptVersions)) await this.#drop(old.version);
  }

  /** All that a published version knew; null where it is not kept. */
  load(version: number): Promise<Uint8Array | null> {
    return this.#store.load(keptKey(version));
  }

  async unpublish(): Promise<void> {
    await unpublish(this.#env.MODELS, this.#ref);
  }

  async dropAll(): Promise<void> {
    for (const { version } of this.#facts.published()) await this.#drop(version);
  }

  async #candidate(model: OpenedModel): Promise<{ frozen: Uint8Array } | { reason: string }> {
    try {
      const frozen = await model.exportFrozen();
      const reason = await this.#gate.objection(frozen);
      return reason === null ? { frozen } : { reason };
    } catch (error) {
      // Numbers out of range, for instance: the next attempt would fail in the same way.
      if (error instanceof HffError) return { reason: error.message };
      throw error;
    }
  }

  async #drop(version: number): Promise<void> {
    await this.#store.remove(keptKey(version));
    await this.#env.MODELS.delete(versionKey(this.#ref, version));
    this.#facts.removePublished(version);
  }
}

/** In the room's own store; names of models have no capitals. */
function keptKey(version: number): string {
  return `Versions/${version}`;
}
