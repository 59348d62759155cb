/**
 * What a model learns, kept up to date: changes come one after the other, each is kept before it counts,
 * and what others keep in the same place is taken in. What there is to be taught is the business of
 * `teacher.ts`.
 */
import type { SymmetricBackend } from '../backend/symmetric.ts';
import { HffError } from '../error.ts';
import { readChanges } from '../format/read-changes.ts';
import { writeChanges } from '../format/write-changes.ts';
import { type ModelParts, modelParts } from '../model-parts.ts';
import type { Changes } from './changes.ts';
import type { Exemplars } from './exemplars.ts';
import type { Keeper, Kept, KeptStart } from './keeper.ts';
import type { LearnedState } from './learned-state.ts';
import { Learning } from './learning.ts';
import { newReplica } from './new-replica.ts';
import type { Planner } from './planner.ts';
import type { Pupil } from './pupil.ts';
import { checkTaughtBy } from './replica-name.ts';

export interface TeacherOptions {
  /** Name of this device among replicas; a new one by default. */
  readonly replica?: string;
  /** What the model knows already, as a file of changes; by default what its snapshot brings. */
  readonly learned?: Uint8Array;
  /** Keeps each change before it counts; without one they are gone with the model. */
  readonly keeper?: Keeper;
}

const nothing = new Uint8Array();

export class KeptLearning implements Kept {
  protected readonly pupil: Pupil;
  readonly #symmetric: SymmetricBackend;
  readonly #keeper: Keeper | undefined;
  /** On the layers as they are. */
  protected present: Learning;
  protected exemplars: Exemplars | undefined;
  /** The last of those that change the model one after the other; fulfilled when it has ended. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param symmetric of the engine that the pupil is in
   * @throws HffError `learn/no-statistics`, `learn/foreign`, `learn/malformed`, `backend/memory`
   */
  constructor(
    pupil: Pupil,
    symmetric: SymmetricBackend,
    { learned, replica, keeper }: TeacherOptions,
  ) {
    this.pupil = pupil;
    this.#symmetric = symmetric;
    this.#keeper = keeper;
    const known = learned ?? pupil.snapshot().learned ?? nothing;
    this.present = this.#learningOn(this.#layers, replica ?? newReplica(), known);
    if (known.length > 0 || this.state.base.length === 0) this.#decideAnew();
  }

  /** After what is under way. */
  async learning(): Promise<Learning> {
    for (let last: unknown; last !== this.#turn; ) {
      last = this.#turn;
      await last;
    }
    this.pupil.checkAlive();
    return this.present;
  }

  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => {
      this.pupil.checkAlive();
      return run();
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  restart({ layers, replica, changes }: KeptStart): void {
    // It may have been disposed while the store was asked: its room is given back already.
    this.pupil.checkAlive();
    const { backend } = this.pupil;
    const parts = layers && modelParts(backend, layers);
    try {
      const learning = this.#learningOn(parts ?? this.#layers, replica, changes);
      this.#goOn(learning, parts);
    } catch (cause) {
      parts?.network.dispose();
      parts?.readout?.dispose();
      throw cause;
    }
  }

  take(files: readonly Uint8Array[]): void {
    this.pupil.checkAlive();
    if (!this.state.take(...files.map(readChanges))) return;
    this.retainExemplars();
    this.#changed([]);
  }

  mend(replica: string): void {
    this.pupil.checkAlive();
    this.#goOn(this.#learningOn(this.#layers, replica, this.changes()), null);
  }

  changes(): Uint8Array {
    return writeChanges(this.state.changesSince({}));
  }

  dispose(): void {
    this.exemplars = undefined;
    this.present.dispose();
  }

  protected get state(): LearnedState {
    return this.present.learner.state;
  }

  get #layers(): Pick<ModelParts, 'snapshot' | 'network'> {
    return { snapshot: this.pupil.snapshot(), network: this.pupil.network() };
  }

  /** One change, which counts once it is kept. */
  protected change(
    labels: readonly string[],
    plan: (planner: Planner, learning: Learning) => Changes,
    applied: () => void = () => {},
    taughtBy?: string,
  ): Promise<void> {
    return this.inTurn(async () => {
      if (taughtBy !== undefined) checkTaughtBy(taughtBy);
      for (;;) {
        const state = this.state;
        const change = plan(state.planBy(taughtBy), this.present);
        const apply = (): void => {
          state.take(change);
          applied();
          this.#changed(labels);
        };
        if (await this.#keep(() => writeChanges(change), apply)) return;
      }
    });
  }

  protected join(changesNow: () => Changes): Promise<boolean> {
    return this.inTurn(async () => {
      for (;;) {
        const state = this.state;
        const changes = changesNow();
        if (!state.isNews(changes)) return false;
        const apply = (): void => {
          state.take(changes);
          this.retainExemplars();
          this.#changed([]);
        };
        if (await this.#keep(() => writeChanges(changes), apply)) return true;
      }
    });
  }

  async #keep(changes: () => Uint8Array, apply: () => void): Promise<boolean> {
    if (this.#keeper) return this.#keeper.keep(changes(), apply);
    apply();
    return true;
  }

  /** All or nothing: what can fail comes first. */
  protected async takeLayers(parts: ModelParts): Promise<void> {
    const replica = newReplica();
    const learning = this.#learningOn(parts, replica, nothing);
    const apply = (): void => {
      this.pupil.checkAlive();
      this.#goOn(learning, parts);
    };
    try {
      if (!this.#keeper) apply();
      else if (!(await this.#keeper.keepLayers(parts.snapshot, replica, apply))) {
        throw this.changedMeanwhile();
      }
    } catch (cause) {
      learning.dispose();
      throw cause;
    }
  }

  /** @param parts others than before */
  #goOn(learning: Learning, parts: ModelParts | null): void {
    this.present.dispose();
    this.present = learning;
    if (parts) this.pupil.exchange(parts);
    this.retainExemplars();
    this.#changed([]);
  }

  #learningOn(
    { network, snapshot }: Pick<ModelParts, 'network' | 'snapshot'>,
    replica: string,
    learned: Uint8Array,
  ): Learning {
    const learning = new Learning(this.pupil.backend, this.#symmetric, network, snapshot, replica);
    try {
      if (learned.length > 0) learning.learner.state.take(readChanges(learned));
      return learning;
    } catch (cause) {
      learning.dispose();
      throw cause;
    }
  }

  protected retainExemplars(): void {
    this.exemplars?.retain(this.state.classes().map(({ label }) => label));
  }

  #decideAnew(): void {
    this.pupil.decideBy(() => this.present.readout());
  }

  #changed(labels: readonly string[]): void {
    this.#decideAnew();
    this.pupil.emit('change', { labels: [...new Set(labels)] });
  }

  protected changedMeanwhile(): HffError {
    return new HffError(
      'learn/changed',
      `Model ${this.pupil.snapshot().spec.name}: it learned something else, or got other layers, meanwhile. Nothing came of this call: make it again.`,
    );
  }
}
