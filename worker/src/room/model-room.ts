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
  type InputSpec,
  type OpenedModel,
  removeModel,
  type Sample,
  type Store,
  type Versions,
  versionsIn,
} from '@hff-edge/sdk/worker';
import { Problem } from '../http/problem.ts';
import { type ModelRef, parseRef } from '../models/model-ref.ts';
import { asGiven, checkPublishable } from './as-given.ts';
import { type AuditEntry, AuditLog, type Change } from './audit-log.ts';
import { accuracyOf, Gate, type GateSpec } from './gate.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { Publisher } from './publisher.ts';
import { checkQuotas } from './quotas.ts';
import { type PublishedVersion, type RefusedVersion, RoomFacts } from './room-facts.ts';
import { RoomModel } from './room-model.ts';

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
  readonly #model = new RoomModel(this.env, this.#ref, this.#store, this.#facts);
  readonly #gate = new Gate(this.ctx.storage.sql);
  readonly #publisher = new Publisher(this.env, this.#ref, this.#store, this.#facts, this.#gate);
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
      // The request is noted with what comes last: repeated after a crash it does all of it again.
      const part = { ...change, ...request, requestKey: null };
      await this.#noting(part, () => model.revoke(this.#facts.pushedBy(taughtBy)));
      await this.#noting({ ...change, ...request }, () => model.forgetTaughtBy(taughtBy));
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
        const model = await this.#model.open();
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
          await this.#publisher.schedule(this.ctx.storage);
          const change = { action: 'sync', samples: 0, labels: [] } as const;
          await this.#noting({ ...change, ...request }, () => asGiven(model.apply(changes)));
        }
        return {
          version: this.#model.versionOf(model),
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
      const bytes = await this.#publisher.load(version);
      if (!bytes) {
        throw new Problem(
          'model/unknown-version',
          `Version ${version} of "${this.#ref.name}" is not kept; GET …/versions lists those that are.`,
        );
      }
      await this.#model.replace(bytes);
    });
  }

  /** Another model in the place of this one, or a first one. */
  replace(bytes: Uint8Array, request: Request): Promise<Outcome<Changed>> {
    const change = { action: 'replace', samples: 0, labels: [], ...request } as const;
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const done = this.#doneBefore(change);
        if (done) return done;
        await asGiven(checkPublishable(bytes));
        await this.#publisher.schedule(this.ctx.storage);
        const model = await this.#noting(change, () => asGiven(this.#model.replace(bytes)));
        return { version: this.#model.versionOf(model), repeated: false };
      }),
    );
  }

  /** Takes the model away, here and in KV; versions go on counting should there be another. */
  remove(): Promise<Outcome<null>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const model = await this.#model.openIfThere();
        if (model) this.#model.close(model);
        await this.#publisher.unpublish();
        await removeModel(this.#ref.name, { store: this.#store });
        await this.#publisher.dropAll();
        return null;
      }),
    );
  }

  /** Null where the tenant has no model of its own of this name. */
  classes(): Promise<Outcome<{ version: number; classes: ClassCount[] } | null>> {
    return this.#read(async (model) => ({
      version: this.#model.versionOf(model),
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
      return { version: this.#model.versionOf(model), results };
    });
  }

  /** Layers and all that was learned. */
  snapshot(): Promise<Outcome<{ version: number; bytes: Uint8Array } | null>> {
    return this.#read(async (model) => ({
      version: this.#model.versionOf(model),
      bytes: await model.export(),
    }));
  }

  async versions(): Promise<{ versions: PublishedVersion[]; refused: RefusedVersion | null }> {
    return { versions: this.#facts.published(), refused: this.#facts.refused() };
  }

  /** From now on only versions that pass it are published. @returns how the model does now */
  setGate(spec: GateSpec): Promise<Outcome<{ accuracy: number }>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const accuracy = await accuracyOf(await this.#model.open(), spec);
        this.#gate.spec = spec;
        await this.#publisher.schedule(this.ctx.storage);
        return { accuracy };
      }),
    );
  }

  async gate(): Promise<GateSpec | null> {
    return this.#gate.spec;
  }

  /** What the gate held back is published. */
  removeGate(): Promise<void> {
    return this.#inTurn(async () => {
      this.#gate.spec = null;
      await this.#publisher.schedule(this.ctx.storage);
    });
  }

  async audit(before: number, most: number): Promise<AuditEntry[]> {
    return this.#log.list(before, most);
  }

  override async alarm(): Promise<void> {
    await this.#inTurn(async () => {
      const model = await this.#model.openIfThere();
      if (model) await this.#publisher.publish(model, this.#model.versionOf(model));
    });
  }

  #change(
    change: Change,
    run: (model: OpenedModel) => Promise<unknown>,
  ): Promise<Outcome<Changed>> {
    return outcomeOf(() =>
      this.#inTurn(async () => {
        const done = this.#doneBefore(change);
        if (done) return done;
        const model = await this.#model.open();
        await this.#publisher.schedule(this.ctx.storage);
        await this.#noting(change, () => run(model));
        return { version: this.#model.versionOf(await this.#model.open()), repeated: false };
      }),
    );
  }

  /** @throws Problem `request/repeated` where the name of the request stands for another */
  #doneBefore({ keyId, requestKey, action, samples }: Change): Changed | null {
    const done = requestKey === null ? null : this.#log.find(keyId, requestKey);
    if (!done) return null;
    if (done.action === action && done.samples === samples) {
      return { version: done.version, repeated: true };
    }
    throw new Problem(
      'request/repeated',
      `Idempotency-Key ${requestKey}: it stands for another request already. Choose a new one for each request, and repeat it only with that request.`,
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
        const model = await this.#model.openIfThere();
        return model ? run(model) : null;
      }),
    );
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
