/** All that was learned on top of a model, on this device and on others, as sums of features. */
import { HffError } from '../error.ts';
import type { Changes, ModelIdentity } from './changes.ts';
import { changesSince, type Versions } from './changes-since.ts';
import { eachCell, liveIdsOf } from './class-ids.ts';
import { type ClassTotal, totalClasses } from './class-totals.ts';
import { joinChanges } from './join-changes.ts';
import { limitClasses } from './limit-classes.ts';
import { type MomentListener, tellChanges } from './moment-changes.ts';
import type { Moments } from './moments.ts';
import { holdsRow } from './place-sample.ts';
import { Planner } from './planner.ts';
import { recallRow } from './recall-row.ts';
import { replicaName } from './replica-name.ts';
import { newTables, type Tables } from './tables.ts';

/** What a state is of. */
export interface LearnedStateOptions extends ModelIdentity {
  /**
   * Names this replica, 1 to 64 of `A-Z a-z 0-9 _ -`. It must be new wherever learning starts afresh
   * or from an old copy.
   */
  readonly replica: string;
  /** Labels of the base classes, each once; the fingerprint covers them. */
  readonly base: readonly string[];
}

/**
 * Classes and sums of one model, as one replica knows them. Every operation checks first: one that
 * throws has changed nothing.
 */
export class LearnedState implements LearnedStateOptions {
  readonly dimension: number;
  readonly fingerprint: string;
  readonly replica: string;
  readonly base: readonly string[];
  /** Hears what changes in the sum of {@link eachMoment}, after the change. It must not throw. */
  onChange: MomentListener | undefined;
  #tables: Tables;

  /** A state that has learned nothing. Its options are taken as they are. */
  constructor({ dimension, fingerprint, replica, base }: LearnedStateOptions) {
    this.dimension = dimension;
    this.fingerprint = fingerprint;
    this.replica = replica;
    this.base = [...base];
    this.#tables = newTables(base);
  }

  /** A state that knows the same, by default as the same replica. What one learns the other does not. */
  copy(replica: string = this.replica): LearnedState {
    const { dimension, fingerprint, base } = this;
    const copy = new LearnedState({ dimension, fingerprint, replica, base });
    copy.#tables = this.#tables;
    return copy;
  }

  /** Grows with every operation of this replica. */
  get version(): number {
    return this.#tables.replicas.get(this.replica)?.version ?? 0;
  }

  /** Whether nothing was ever learned, forgotten or renamed. */
  get isBlank(): boolean {
    const { replicas, tombstones, names, revoked } = this.#tables;
    return replicas.size + tombstones.size + names.size + revoked.size === 0;
  }

  /** Classes that have samples: base classes in their order, then by label in code units. */
  classes(): readonly ClassTotal[] {
    return totalClasses(this.#tables, this.dimension);
  }

  /** Whether a class holds this row bit for bit: not so once it is folded into sums. */
  holds(label: string, features: Float32Array): boolean {
    return holdsRow(liveIdsOf(label, this.#tables), features, this.#tables) !== undefined;
  }

  /**
   * The row of a class that is this one but for rounding, which differs between engines; undefined
   * where there is none, or it is folded into sums.
   */
  recall(label: string, features: Float32Array): Float32Array | undefined {
    return recallRow(liveIdsOf(label, this.#tables), features, this.#tables);
  }

  /** Visits all that Σ ± u uᵀ is made of, in an order that equal states share. */
  eachMoment(visit: (moments: Moments) => void): void {
    for (const { moments } of eachCell(this.#tables)) visit(moments);
  }

  /** What operations of this replica would change now; {@link take} carries one of them out. */
  get plan(): Planner {
    return this.planBy(undefined);
  }

  /** {@link plan} for what somebody teaches, which is kept apart. */
  planBy(taughtBy: string | undefined): Planner {
    const { revoked } = this.#tables;
    const name = replicaName(this.replica, taughtBy, (each) => revoked.has(each));
    return new Planner(this, name, this.#tables);
  }

  /** Replicas whose learning is known and counts. */
  replicas(): string[] {
    const { replicas, revoked } = this.#tables;
    return [...replicas.keys()].filter((name) => !revoked.has(name));
  }

  /** How many changes of each replica are known here, as far as none is missing before them. */
  versions(): Versions {
    return Object.fromEntries(
      [...this.#tables.replicas]
        .filter(([, { version }]) => version > 0)
        .map(([name, { version }]) => [name, version]),
    );
  }

  /** What is known here and not to one who knows these versions; `{}` for all. */
  changesSince(versions: Versions): Changes {
    const { fingerprint, dimension } = this;
    return { fingerprint, dimension, ...changesSince(this.#tables, versions) };
  }

  /**
   * Whether {@link take} would change anything.
   * @throws HffError like it
   */
  isNews(changes: Changes): boolean {
    return this.#after(changes, this.#tables) !== this.#tables;
  }

  /**
   * Takes in changes, in whatever order and number they come, all or none. Many at once cost less than
   * one after the other.
   * @returns whether anything was new
   * @throws HffError `learn/foreign`, `learn/too-many`
   */
  take(...all: readonly Changes[]): boolean {
    const before = this.#tables;
    const after = all.reduce((tables, changes) => this.#after(changes, tables), before);
    if (after === before) return false;
    this.#tables = after;
    if (this.onChange) tellChanges(before, after, this.onChange);
    return true;
  }

  #after(changes: Changes, before: Tables): Tables {
    const { fingerprint, dimension } = changes;
    if (fingerprint !== this.fingerprint || dimension !== this.dimension) {
      throw new HffError(
        'learn/foreign',
        `Learned changes: expected those of a model with the layers ${this.fingerprint}, got ${fingerprint}. What was learned on other layers means nothing here.`,
      );
    }
    const after = joinChanges(before, changes, dimension);
    if (after !== before) limitClasses(after);
    return after;
  }
}
