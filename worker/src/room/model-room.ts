/**
 * The one writer of one tenant's model: a Durable Object, with the model's journal, its audit log and
 * its versions in SQLite. Calls come one after the other. What changes is published to KV a moment
 * later, by an alarm, where isolates everywhere read it.
 */
import { DurableObject } from 'cloudflare:workers';
import { durableObjectStore } from '@hff-edge/sdk/stores';
import {
  type ClassCount,
  type Classification,
  HffError,
  type InputSpec,
  importModel,
  loadModel,
  type OpenedModel,
  openModel,
  removeModel,
  type Sample,
  type Store,
  type Versions,
  versionsIn,
} from '@hff-edge/sdk/worker';
import { publicTenant } from '../auth/caller.ts';
import { Problem } from '../http/problem.ts';
import { type ModelRef, parseRef } from '../models/model-ref.ts';
import {
  publish,
  readPointer,
  readSnapshot,
  unpublish,
  versionKey,
} from '../models/model-store.ts';
import { defaultModel, seedModel } from '../models/seed-model.ts';
import { type AuditEntry, AuditLog, type Change } from './audit-log.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { checkQuotas } from './quotas.ts';
import { type PublishedVersion, RoomFacts } from './room-facts.ts';

/** Versions that can be rolled back to. */
const keptVersions = 10;
/** So that many changes make one version: KV takes one write a second for each key. */
const publishDelayMs = 1000;

export interface Changed {
  readonly version: number;
  /** Whether a request of the same name by the same key had done it before. */
  readonly repeated: boolean;
}

/** Who asks for a change, and by which name of their own. */
export interface Request {
  readonly keyId: string;
  readonly requestKey: string | null;
}

export class ModelRoom extends DurableObject<Env> {
  readonly #ref: ModelRef = parseRef(this.ctx.id.name ?? '');
  readonly #log = new AuditLog(this.ctx.storage.sql);
  readonly #facts = new RoomFacts(this.ctx.storage.sql);
  readonly #store: Store = durableObjectStore(this.ctx.storage, {
    onCreate: (key) => this.#noteChange(key),
  });
  #model: Promise<OpenedModel> | undefined;
  /** What is to be written to the log with the next entry of the journal. */
  #pending: Change | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  learn(
    samples: readonly Sample[],
    labels: readonly string[],
    augment: boolean,
    request: Request,
  ): Promise<Outcome<Changed>> {
    const change = {
      action: 'learn',
      samples: samples.length,
      labels: [...new Set(labels)],
    } as const;
    return this.#change({ ...change, ...request }, async (model) => {
      const classes = new Set((await model.classes()).map(({ label }) => label));
      const all = new Set([...classes, ...labels]).size;
      checkQuotas(this.#log, this.ctx.storage.sql.databaseSize, samples.length, all);
      await model.learnBatch(samples, labels, { augment, taughtBy: request.keyId });
    });
  }

  forget(sample: Sample, label: string, request: Request): Promise<Outcome<Changed>> {
    return this.#change({ action: 'forget', samples: 1, labels: [label], ...request }, (model) =>
      model.forget(sample, label, { taughtBy: request.keyId }),
    );
  }

  forgetClass(label: string, request: Request): Promise<Outcome<Changed>> {
    const change = { action: 'forget-class', samples: 0, labels: [label] } as const;
    return this.#change({ ...change, ...request }, (model) => model.forgetClass(label));
  }

  renameClass(from: string, to: string, request: Request): Promise<Outcome<Changed>> {
    const change = { action: 'rename-class', samples: 0, labels: [from, to] } as const;
    return this.#change({ ...change, ...request }, (model) => model.renameClass(from, to));
  }

  /** Undoes all that a key taught, corrected and synchronised. */
  forgetTaught(taughtBy: string, request: Request): Promise<Outcome<Changed>> {
    const change = { action: 'forget-taught', samples: 0, labels: [taughtBy] } as const;
    return this.#change({ ...change, ...request }, async (model) => {
      await model.forgetTaughtBy(taughtBy);
      await model.revoke(this.#facts.pushedBy(taughtBy));
    });
  }

  /** Takes in what a device knows. @returns what the device lacks */
  sync(
    changes: Uint8Array | null,
    versions: Versions,
    request: Request,
  ): Promise<Outcome<{ version: number; versions: Versions; changes: Uint8Array }>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const model = await this.#open();
        if (changes) {
          checkQuotas(this.#log, this.ctx.storage.sql.databaseSize, 0, 0);
          const known = await model.versions();
          const news = Object.entries(await asGiven(versionsIn(changes))).filter(
            ([replica, version]) => version > (known[replica] ?? 0),
          );
          // Before they count, so that no crash leaves learning that nobody is known to have brought.
          this.#facts.addPushed(
            news.map(([replica]) => replica),
            request.keyId,
          );
          await this.#schedulePublishing();
          const change = { action: 'sync', samples: 0, labels: [] } as const;
          await this.#noting({ ...change, ...request }, () => asGiven(model.apply(changes)));
        }
        return {
          version: this.#version(model),
          versions: await model.versions(),
          changes: await model.changesSince(versions),
        };
      }),
    );
  }

  /** Back to what a published version knew; it becomes the next version. */
  rollback(version: number, request: Request): Promise<Outcome<Changed>> {
    const change = { action: 'rollback', samples: 0, labels: [String(version)] } as const;
    return this.#change({ ...change, ...request }, async () => {
      const bytes = await this.#store.load(keptKey(version));
      if (!bytes) {
        throw new Problem(
          'model/unknown-version',
          `Version ${version} of "${this.#ref.name}" is not kept; GET …/versions lists those that are.`,
        );
      }
      await this.#replace(bytes);
    });
  }

  /** Another model in the place of this one, or a first one. */
  replace(bytes: Uint8Array, request: Request): Promise<Outcome<Changed>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        await asGiven(checkPublishable(bytes));
        await this.#schedulePublishing();
        const change = { action: 'replace', samples: 0, labels: [] } as const;
        const model = await this.#noting({ ...change, ...request }, () =>
          asGiven(this.#replace(bytes)),
        );
        return { version: this.#version(model), repeated: false };
      }),
    );
  }

  /** Takes the model away, here and in KV; versions go on counting should there be another. */
  remove(): Promise<Outcome<null>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const model = await this.#openIfThere();
        if (model) {
          this.#facts.versionOffset = this.#version(model) + 1;
          model.dispose();
          this.#model = undefined;
        }
        await unpublish(this.env.MODELS, this.#ref);
        await removeModel(this.#ref.name, { store: this.#store });
        for (const { version } of this.#facts.published()) await this.#dropVersion(version);
        return null;
      }),
    );
  }

  /** Null where the tenant has no model of its own of this name. */
  classes(): Promise<Outcome<{ version: number; classes: ClassCount[] } | null>> {
    return this.#read(async (model) => ({
      version: this.#version(model),
      classes: await model.classes(),
    }));
  }

  /** What the model accepts. */
  input(): Promise<Outcome<InputSpec | null>> {
    return this.#read(async (model) => model.input);
  }

  /** As the model is now, published or not. */
  classify(
    samples: readonly Sample[],
    topK: number | undefined,
  ): Promise<Outcome<{ version: number; results: Classification[] } | null>> {
    return this.#read(async (model) => {
      const most = (await model.classes()).length;
      const results = await model.classifyBatch(samples, { topK: topK ?? Math.min(5, most) });
      return { version: this.#version(model), results };
    });
  }

  /** Layers and all that was learned. */
  snapshot(): Promise<Outcome<{ version: number; bytes: Uint8Array } | null>> {
    return this.#read(async (model) => ({
      version: this.#version(model),
      bytes: await model.export(),
    }));
  }

  async versions(): Promise<PublishedVersion[]> {
    return this.#facts.published();
  }

  async audit(before: number, most: number): Promise<AuditEntry[]> {
    return this.#log.list(before, most);
  }

  override async alarm(): Promise<void> {
    await this.#inTurn(async () => {
      const model = await this.#openIfThere();
      if (!model) return;
      const version = this.#version(model);
      const [last] = this.#facts.published();
      if (last?.version === version || (await model.classes()).length === 0) return;
      const frozen = await model.exportFrozen();
      await this.#store.create(keptKey(version), await model.export());
      const pointer = { version, sizeBytes: frozen.length };
      await publish(this.env.MODELS, this.#ref, pointer, frozen);
      this.#facts.addPublished(version, frozen.length);
      for (const old of this.#facts.published().slice(keptVersions)) {
        await this.#dropVersion(old.version);
      }
    });
  }

  #change(
    change: Change,
    run: (model: OpenedModel) => Promise<unknown>,
  ): Promise<Outcome<Changed>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const { keyId, requestKey, action } = change;
        const done = requestKey === null ? null : this.#log.find(keyId, requestKey);
        if (done) {
          if (done.action === action && done.samples === change.samples) {
            return { version: done.version, repeated: true };
          }
          throw new Problem(
            'request/repeated',
            `Idempotency-Key ${requestKey}: it stands for another request already. Choose a new one for each request, and repeat it only with that request.`,
          );
        }
        const model = await this.#open();
        // Before the change, so that no crash can leave one that is never published.
        await this.#schedulePublishing();
        await this.#noting(change, () => run(model));
        return { version: this.#version(await this.#open()), repeated: false };
      }),
    );
  }

  async #noting<T>(change: Change, run: () => Promise<T>): Promise<T> {
    this.#pending = change;
    try {
      return await run();
    } finally {
      this.#pending = undefined;
    }
  }

  /** In the transaction that writes an entry of the journal. */
  #noteChange(key: string): void {
    const [, entry] = /\/log\/(\d+)$/.exec(key) ?? [];
    if (entry === undefined || !this.#pending) return;
    this.#log.write(this.#facts.versionOffset + Number(entry), this.#pending);
    // A request counts once, also where it takes two entries.
    this.#pending = { ...this.#pending, requestKey: null, samples: 0 };
  }

  #read<T>(run: (model: OpenedModel) => Promise<T>): Promise<Outcome<T | null>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const model = await this.#openIfThere();
        return model ? run(model) : null;
      }),
    );
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #openIfThere(): Promise<OpenedModel | null> {
    if (!this.#model) {
      const keys = await this.#store.list(`${this.#ref.name}/log/`);
      if (keys.length === 0) return null;
    }
    return this.#open();
  }

  /** The tenant's own, or where there is none yet a copy of the public model of this name. */
  #open(): Promise<OpenedModel> {
    this.#model ??= openModel(this.#ref.name, {
      store: this.#store,
      source: () => this.#publicModel(),
    });
    this.#model.catch(() => {
      this.#model = undefined;
    });
    return this.#model;
  }

  /** @throws Problem `model/unknown` */
  async #publicModel(): Promise<Uint8Array> {
    const { MODELS } = this.env;
    const ref = { tenant: publicTenant, name: this.#ref.name };
    const stored = await readPointer(MODELS, ref);
    const pointer =
      ref.name === defaultModel.name ? (await seedModel(this.env, stored)).pointer : stored;
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

  async #replace(bytes: Uint8Array): Promise<OpenedModel> {
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

  #version(model: OpenedModel): number {
    return this.#facts.versionOffset + model.revision;
  }

  async #schedulePublishing(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) !== null) return;
    await this.ctx.storage.setAlarm(Date.now() + publishDelayMs);
  }

  async #dropVersion(version: number): Promise<void> {
    await this.#store.remove(keptKey(version));
    await this.env.MODELS.delete(versionKey(this.#ref, version));
    this.#facts.removePublished(version);
  }
}

/** Of all that a version knew, in the room's own store; names of models have no capitals. */
function keptKey(version: number): string {
  return `Versions/${version}`;
}

/** Refuses what is no sound model, or could not be published, before anything is changed. */
async function checkPublishable(bytes: Uint8Array): Promise<void> {
  const model = await loadModel(bytes);
  try {
    if ((await model.classes()).length > 0) await model.exportFrozen();
  } finally {
    model.dispose();
  }
}

/** Damaged bytes are the caller's fault here, not the server's. */
async function asGiven<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HffError) || !/^(snapshot|learn)\//.test(error.code)) throw error;
    if (error.code === 'learn/foreign' || error.code === 'learn/too-many') throw error;
    throw new Problem('request/bytes', error.message);
  }
}
