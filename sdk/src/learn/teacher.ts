/**
 * Everything that a model does when it is taught; loaded when it first is (`model.ts`). Samples come
 * standardised. What is learned here changes the model through its {@link Pupil} only.
 */
import type { Backend } from '../backend/backend.ts';
import { checkOption } from '../check-option.ts';
import { HffError } from '../error.ts';
import { readChanges } from '../format/read-changes.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { writeChanges } from '../format/write-changes.ts';
import type { Network } from '../hff/network.ts';
import type { ModelEventDetails } from '../model-events.ts';
import { type ModelParts, modelParts } from '../model-parts.ts';
import type { Readout } from '../readout.ts';
import type { Adaptation } from './adapt.ts';
import type { AdaptOptions, ExemplarOptions } from './adapt-options.ts';
import type { Changes } from './changes.ts';
import type { Versions } from './changes-since.ts';
import type { ClassTotal } from './class-totals.ts';
import { type Exemplar, Exemplars } from './exemplars.ts';
import type { Keeper, Kept, KeptStart } from './keeper.ts';
import type { LearnedState } from './learned-state.ts';
import { Learning, noClasses } from './learning.ts';
import { newReplica } from './new-replica.ts';
import type { Planner } from './planner.ts';
import { checkTaughtBy, isTaughtBy } from './replica-name.ts';

/** A model as its teacher knows it. */
export interface Pupil {
  readonly backend: Backend;
  /** Layers and statistics as they are now: others after an adaptation. */
  snapshot(): Snapshot;
  network(): Network;
  /** @throws Error once the model is disposed */
  checkAlive(): void;
  /** What is known has changed: the next decision is that of another readout. */
  decideBy(next: () => Readout): void;
  /** Exchanges layers, head and statistics; cannot fail. */
  exchange(parts: ModelParts): void;
  emit<Name extends keyof ModelEventDetails>(name: Name, detail: ModelEventDetails[Name]): void;
}

/** A class and what is known of it. */
export interface ClassCount {
  readonly label: string;
  /** Samples of base training. */
  readonly base: number;
  /** Samples learned since, on all replicas. */
  readonly learned: number;
}

export interface TaughtOptions {
  /**
   * Who teaches, 1 to 24 of `A-Z a-z 0-9 -`: what each teaches is kept apart, so that
   * `model.forgetTaughtBy` can take it all away.
   */
  readonly taughtBy?: string;
}

export interface Lesson extends TaughtOptions {
  /** Whether images are looked at in several views. */
  readonly augment: boolean;
}

export interface TeacherOptions {
  /** Name of this device among replicas; a new one by default. */
  readonly replica?: string;
  /** What the model knows already, as a file of changes; by default what its snapshot brings. */
  readonly learned?: Uint8Array;
  /** Keeps each change before it counts; without one they are gone with the model. */
  readonly keeper?: Keeper;
}

const nothing = new Uint8Array();

/** Longest time in ms that learning a batch keeps the event loop waiting. */
const turnMilliseconds = 50;

export class Teacher implements Kept {
  readonly #pupil: Pupil;
  readonly #keeper: Keeper | undefined;
  /** On the layers as they are. */
  #learning: Learning;
  #exemplars: Exemplars | undefined;
  /** The last of those that change the model one after the other; fulfilled when it has ended. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @throws HffError `learn/no-statistics`, `learn/foreign`, `learn/malformed`,
   *   `backend/unavailable`, `backend/memory`
   */
  constructor(pupil: Pupil, { learned, replica, keeper }: TeacherOptions = {}) {
    this.#pupil = pupil;
    this.#keeper = keeper;
    const known = learned ?? pupil.snapshot().learned ?? nothing;
    this.#learning = this.#learningOn(this.#present, replica ?? newReplica(), known);
    if (known.length > 0) this.#decideAnew();
  }

  /** After what is under way. */
  async learning(): Promise<Learning> {
    for (let last: unknown; last !== this.#turn; ) {
      last = this.#turn;
      await last;
    }
    this.#pupil.checkAlive();
    return this.#learning;
  }

  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => {
      this.#pupil.checkAlive();
      return run();
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  learn(input: Float32Array, label: string, { augment, taughtBy }: Lesson): Promise<void> {
    return this.#change(
      [label],
      (plan, learning) => plan.learn([label], [learning.features(input, augment)]),
      () => this.#exemplars?.offer(input, label),
      taughtBy,
    );
  }

  async learnBatch(
    inputs: readonly Float32Array[],
    labels: readonly string[],
    { augment, taughtBy }: Lesson,
  ): Promise<void> {
    const learning = await this.learning();
    learning.checkLabels(labels);
    const total = inputs.length;
    const rows: Float32Array[] = [];
    let turnStarted = performance.now();
    for (const input of inputs) {
      rows.push(learning.features(input, augment));
      if (performance.now() - turnStarted < turnMilliseconds) continue;
      this.#pupil.emit('progress', { done: rows.length, total });
      await new Promise((resolve) => setTimeout(resolve));
      this.#pupil.checkAlive();
      if (learning !== this.#learning) throw this.#changedMeanwhile();
      turnStarted = performance.now();
    }
    await this.#change(
      labels,
      (plan, present) => {
        if (present !== learning) throw this.#changedMeanwhile();
        return plan.learn(labels, rows);
      },
      () => {
        inputs.forEach((input, i) => {
          this.#exemplars?.offer(input, labels[i] as string);
        });
        this.#pupil.emit('progress', { done: total, total });
      },
      taughtBy,
    );
  }

  forget(input: Float32Array, label: string, { taughtBy }: TaughtOptions): Promise<void> {
    return this.#change(
      [label],
      (plan, learning) => {
        this.#exemplars?.drop(input, label);
        return plan.forget(label, learning.learnedFeatures(input, label));
      },
      undefined,
      taughtBy,
    );
  }

  relabel(
    input: Float32Array,
    from: string,
    to: string,
    { taughtBy }: TaughtOptions,
  ): Promise<void> {
    return this.#change(
      [from, to],
      (plan, learning) => plan.relabel(learning.learnedFeatures(input, from), from, to),
      () => this.#exemplars?.move(input, from, to),
      taughtBy,
    );
  }

  forgetTaughtBy(name: string): Promise<void> {
    return this.#revoke((replica) => isTaughtBy(replica, name), name);
  }

  /** Takes away all that these replicas learned and will learn. */
  revoke(replicas: readonly string[]): Promise<void> {
    return this.#revoke((replica) => replicas.includes(replica));
  }

  forgetClass(label: string): Promise<void> {
    return this.#change(
      [label],
      (plan) => plan.forgetClass(label),
      () => this.#retainExemplars(),
    );
  }

  renameClass(from: string, to: string): Promise<void> {
    return this.#change(
      [from, to],
      (plan) => plan.renameClass(from, to),
      () => this.#exemplars?.rename(from, to),
    );
  }

  classes(): ClassCount[] {
    const counts = this.#pupil.snapshot().spec.statistics?.counts ?? [];
    return this.#state.classes().map(({ label, baseIndices, count }) => ({
      label,
      base: baseIndices.reduce((sum, index) => sum + (counts[index] ?? 0), 0),
      learned: count,
    }));
  }

  async merge(other: Teacher): Promise<void> {
    const theirs = await other.learning();
    await this.#join(() => theirs.learner.state.changesSince(this.#state.versions()));
  }

  /** @returns whether anything was new */
  apply(bytes: Uint8Array): Promise<boolean> {
    const changes = readChanges(bytes);
    return this.#join(() => changes);
  }

  async versions(): Promise<Versions> {
    return (await this.learning()).learner.state.versions();
  }

  async changesSince(versions: Versions): Promise<Uint8Array> {
    const { state } = (await this.learning()).learner;
    return writeChanges(state.changesSince(versions));
  }

  /** All that is learned, after what is under way; nothing where that is nothing. */
  async learned(): Promise<Uint8Array | undefined> {
    const { state } = (await this.learning()).learner;
    return state.isBlank ? undefined : this.changes();
  }

  /** The model as it decides now, after what is under way, without what it learned from. */
  async frozen(): Promise<Snapshot> {
    const { learner } = await this.learning();
    const head = learner.fit();
    if (!head) noClasses();
    const total = new Map(learner.state.classes().map((each) => [each.label, each]));
    const classes = head.labels.map((label) => total.get(label) as ClassTotal);
    const { frozenSnapshot } = await import('./frozen-snapshot.ts');
    return frozenSnapshot(this.#pupil.snapshot(), head, classes);
  }

  keepExemplars({ bytes, seed = 1 }: ExemplarOptions): void {
    checkOption('bytes', bytes, 0, Number.MAX_SAFE_INTEGER, Number.isInteger(bytes));
    const { input } = this.#pupil.snapshot().spec;
    this.#exemplars = bytes > 0 ? new Exemplars(input, bytes, seed) : undefined;
  }

  /** @param given samples besides the exemplars */
  adapt(given: readonly Exemplar[], options: AdaptOptions): Promise<Adaptation> {
    return this.inTurn(async () => {
      const pupil = this.#pupil;
      const check = (): void => {
        pupil.checkAlive();
        options.signal?.throwIfAborted();
      };
      const { adapt } = await import('./adapt.ts');
      check();
      const ground = {
        backend: pupil.backend,
        snapshot: pupil.snapshot(),
        network: pupil.network(),
        learning: this.#learning,
      };
      return adapt(ground, [...given, ...(this.#exemplars?.all() ?? [])], options, {
        check,
        progress: (done, total) => pupil.emit('progress', { done, total }),
        take: (parts) => {
          check();
          return this.#takeLayers(parts);
        },
      });
    });
  }

  restart({ layers, replica, changes }: KeptStart): void {
    const { backend } = this.#pupil;
    const parts = layers && modelParts(backend, layers);
    try {
      const learning = this.#learningOn(parts ?? this.#present, replica, changes);
      this.#goOn(learning, parts);
    } catch (cause) {
      parts?.network.dispose();
      parts?.readout?.dispose();
      throw cause;
    }
  }

  take(bytes: Uint8Array): void {
    if (!this.#state.take(readChanges(bytes))) return;
    this.#retainExemplars();
    this.#changed([]);
  }

  mend(replica: string): void {
    this.#goOn(this.#learningOn(this.#present, replica, this.changes()), null);
  }

  changes(): Uint8Array {
    return writeChanges(this.#state.changesSince({}));
  }

  dispose(): void {
    this.#exemplars = undefined;
    this.#learning.dispose();
  }

  get #state(): LearnedState {
    return this.#learning.learner.state;
  }

  get #present(): Pick<ModelParts, 'snapshot' | 'network'> {
    return { snapshot: this.#pupil.snapshot(), network: this.#pupil.network() };
  }

  /** One change, which counts once it is kept. */
  #change(
    labels: readonly string[],
    plan: (planner: Planner, learning: Learning) => Changes,
    applied: () => void = () => {},
    taughtBy?: string,
  ): Promise<void> {
    return this.inTurn(async () => {
      if (taughtBy !== undefined) checkTaughtBy(taughtBy);
      for (;;) {
        const state = this.#state;
        const change = plan(state.planBy(taughtBy), this.#learning);
        const apply = (): void => {
          state.take(change);
          applied();
          this.#changed(labels);
        };
        if (await this.#keep(() => writeChanges(change), apply)) return;
      }
    });
  }

  #join(changesNow: () => Changes): Promise<boolean> {
    return this.inTurn(async () => {
      for (;;) {
        const state = this.#state;
        const changes = changesNow();
        if (!state.isNews(changes)) return false;
        const apply = (): void => {
          state.take(changes);
          this.#retainExemplars();
          this.#changed([]);
        };
        if (await this.#keep(() => writeChanges(changes), apply)) return true;
      }
    });
  }

  async #revoke(isMeant: (replica: string) => boolean, taughtBy?: string): Promise<void> {
    if (taughtBy !== undefined) checkTaughtBy(taughtBy);
    await this.learning();
    if (!this.#state.replicas().some(isMeant)) return;
    await this.#change(
      [],
      (plan) => plan.revoke(this.#state.replicas().filter(isMeant)),
      () => this.#retainExemplars(),
    );
  }

  async #keep(changes: () => Uint8Array, apply: () => void): Promise<boolean> {
    if (this.#keeper) return this.#keeper.keep(changes(), apply);
    apply();
    return true;
  }

  /** All or nothing: what can fail comes first. */
  async #takeLayers(parts: ModelParts): Promise<void> {
    const replica = newReplica();
    const learning = this.#learningOn(parts, replica, nothing);
    const apply = (): void => this.#goOn(learning, parts);
    try {
      if (!this.#keeper) apply();
      else if (!(await this.#keeper.keepLayers(parts.snapshot, replica, apply))) {
        throw this.#changedMeanwhile();
      }
    } catch (cause) {
      learning.dispose();
      throw cause;
    }
  }

  /** @param parts others than before */
  #goOn(learning: Learning, parts: ModelParts | null): void {
    this.#learning.dispose();
    this.#learning = learning;
    if (parts) this.#pupil.exchange(parts);
    this.#retainExemplars();
    this.#changed([]);
  }

  #learningOn(
    { network, snapshot }: Pick<ModelParts, 'network' | 'snapshot'>,
    replica: string,
    learned: Uint8Array,
  ): Learning {
    const learning = new Learning(this.#pupil.backend, network, snapshot, replica);
    try {
      if (learned.length > 0) learning.learner.state.take(readChanges(learned));
      return learning;
    } catch (cause) {
      learning.dispose();
      throw cause;
    }
  }

  #retainExemplars(): void {
    this.#exemplars?.retain(this.classes().map(({ label }) => label));
  }

  #decideAnew(): void {
    this.#pupil.decideBy(() => this.#learning.readout());
  }

  #changed(labels: readonly string[]): void {
    this.#decideAnew();
    this.#pupil.emit('change', { labels: [...new Set(labels)] });
  }

  #changedMeanwhile(): HffError {
    return new HffError(
      'learn/changed',
      `Model ${this.#pupil.snapshot().spec.name}: it learned something else, or got other layers, meanwhile. Nothing came of this call: make it again.`,
    );
  }
}
