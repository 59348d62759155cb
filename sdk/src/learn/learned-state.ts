/** All that was learned on top of a model, on this device and on others, as sums of features. */
import { HffError } from '../error.ts';
import { checkFeatures } from './check-features.ts';
import { hasSamples, liveIdsOf } from './class-ids.ts';
import { type ClassTotal, totalClasses } from './class-totals.ts';
import { fold } from './fold.ts';
import { type LearnedData, type LearnedStateOptions, writeTables } from './learned-data.ts';
import { limitClasses } from './limit-classes.ts';
import { type MomentListener, tellChanges } from './moment-changes.ts';
import { addRow, isNothing, type Moments, noMoments } from './moments.ts';
import { holdsRow, knownIdsOf, placeLearned, placeNew, unknownClass } from './place-sample.ts';
import { readTables } from './read-learned-data.ts';
import { recallRow } from './recall-row.ts';
import { joinTables, newTables, sorted, type Tables } from './tables.ts';

/**
 * Classes and sums of one model, as one replica knows them. Every operation checks first: one that
 * throws has changed nothing.
 *
 * Labels are 1 to 256 characters (`learn/label`), features D finite numbers (`input/shape`,
 * `input/not-finite`).
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

  /**
   * Checks what it reads and takes over its arrays.
   * @throws HffError `learn/malformed`, `learn/too-many`
   */
  static from(data: unknown): LearnedState {
    const tables = readTables(data as LearnedData);
    const state = new LearnedState(data as LearnedData);
    limitClasses(tables);
    state.#tables = tables;
    return state;
  }

  /** Structured-cloneable; for {@link from}. */
  data(): LearnedData {
    const { dimension, fingerprint, replica, base } = this;
    return { dimension, fingerprint, replica, base, ...writeTables(this.#tables) };
  }

  /** Grows with every operation of this replica. Those of all replicas name what a state knows. */
  get version(): number {
    return this.#tables.replicas.get(this.replica)?.version ?? 0;
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
    for (const [, { cells }] of sorted(this.#tables.replicas)) {
      for (const [, cell] of sorted(cells)) visit(cell);
    }
  }

  /**
   * One more sample of a class, which begins with it if there is none.
   * @throws HffError `learn/too-many`
   */
  learn(label: string, features: Float32Array): void {
    this.learnAll([label], [features]);
  }

  /** Several samples, all or none, with as many labels: that is the caller's duty. */
  learnAll(labels: readonly string[], features: readonly Float32Array[]): void {
    const rows = features.map((row) => checkFeatures(row, this.dimension));
    const ids = new Map(
      [...new Set(labels)].map((label) => [label, placeNew(label, this.#tables)]),
    );
    // Each is within the limit; together they may not be. Counting takes time that one can do without.
    if (ids.size > 1) limitClasses(this.#tables, [...ids.values()]);
    const cells = this.#begin();
    rows.forEach((row, i) => {
      this.#add(cells, ids.get(labels[i] as string) as string, row, 1);
    });
    this.onChange?.({ ...noMoments, plus: rows }, 1);
  }

  /**
   * The inverse of {@link learn}, wherever the sample was learned.
   * @throws HffError `learn/unknown-class`, `learn/not-learned` if the class has no learned samples,
   *   or all of them are at hand row by row and this is none of them
   */
  forget(label: string, features: Float32Array): void {
    const row = checkFeatures(features, this.dimension);
    const id = placeLearned(label, row, this.#tables);
    this.#add(this.#begin(), id, row, -1);
    this.onChange?.({ ...noMoments, plus: [row] }, -1);
  }

  /** {@link forget} under one label and {@link learn} under the other, both or neither. */
  relabel(features: Float32Array, from: string, to: string): void {
    const row = checkFeatures(features, this.dimension);
    const source = placeLearned(from, row, this.#tables);
    const target = placeNew(to, this.#tables);
    const cells = this.#begin();
    this.#add(cells, source, row, -1);
    this.#add(cells, target, row, 1);
  }

  /**
   * Takes a class away, the base's samples of it too. It beats what others learned of the class
   * without knowing of this, and yields to what is learned afterwards.
   * @throws HffError `learn/unknown-class`
   */
  forgetClass(label: string): void {
    const ids = liveIdsOf(label, this.#tables);
    if (!ids[0]) unknownClass(label);
    const { tombstones } = this.#tables;
    const raised = new Map(ids.map((id) => [id, (tombstones.get(id) ?? 0) + 1]));
    this.#begin();
    this.#join({ ...newTables([]), tombstones: raised });
  }

  /**
   * Of two names that replicas give at once, one wins everywhere. Classes that come to the same name
   * in that way are one from then on.
   * @throws HffError `learn/unknown-class`, `learn/exists`
   */
  renameClass(from: string, to: string): void {
    const ids = knownIdsOf(from, this.#tables);
    if (hasSamples(liveIdsOf(to, this.#tables), this.#tables)) {
      throw new HffError(
        'learn/exists',
        `Class "${to}": there is one already. Choose another name.`,
      );
    }
    let time = 1;
    for (const name of this.#tables.names.values()) time = Math.max(time, name.time + 1);
    const name = { label: to, time, replica: this.replica };
    this.#begin();
    this.#join({ ...newTables([]), names: new Map(ids.map((id) => [id, name])) });
  }

  /**
   * Takes in what the other state knows, which stays as it is.
   * @throws HffError `learn/foreign`, `learn/too-many`
   */
  merge(other: LearnedState): void {
    const modelOf = ({ fingerprint, dimension, base }: LearnedState): string =>
      JSON.stringify([fingerprint, dimension, base]);
    if (modelOf(other) !== modelOf(this)) {
      throw new HffError(
        'learn/foreign',
        `Learned state: expected one of model ${this.fingerprint}, got one of ${other.fingerprint}.`,
      );
    }
    this.#join(other.#tables);
  }

  #join(other: Omit<Tables, 'bases'>): void {
    const before = this.#tables;
    const after = joinTables(before, other);
    limitClasses(after);
    this.#tables = after;
    if (this.onChange) tellChanges(before, after, this.onChange);
  }

  /** Begins an operation of this replica, which nothing can stop from here on. */
  #begin(): Map<string, Moments> {
    const { replicas } = this.#tables;
    const own = replicas.get(this.replica) ?? { version: 0, cells: new Map() };
    replicas.set(this.replica, own);
    own.version++;
    return own.cells;
  }

  #add(cells: Map<string, Moments>, id: string, row: Float32Array, factor: number): void {
    const cell = fold(addRow(cells.get(id) ?? noMoments, row, factor), this.dimension);
    if (isNothing(cell)) cells.delete(id);
    else cells.set(id, cell);
  }
}
