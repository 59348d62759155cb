/**
 * What some replicas learned, as plain data: one change, all that there is, or what somebody lacks.
 * States take it in, in any order and also twice (`join-changes.ts`). Its arrays are never written to.
 *
 * A class id is `n:label`: the label under which it was first learned, and n > 1 if ids of a smaller
 * n were renamed before. It never changes. The generation of what is learned of a class is how often
 * the class was forgotten before.
 */
import type { Moments } from './moments.ts';

/** The model that something was learned on. */
export interface ModelIdentity {
  /** Tells the model from others: what was learned on one means nothing on another. */
  readonly fingerprint: string;
  /** D: features of a sample. A whole number ≥ 1. */
  readonly dimension: number;
}

export interface Changes extends ModelIdentity {
  readonly replicas: readonly ReplicaChanges[];
  readonly tombstones: readonly (readonly [id: string, tombstone: Tombstone])[];
  readonly names: readonly (readonly [id: string, name: Name])[];
  /** Replicas of which nothing counts any more, whatever else of them arrives. */
  readonly revoked: readonly (readonly [replica: string, stamp: Stamp])[];
}

/** What one replica changed after its version `since`, up to `version`. */
export interface ReplicaChanges {
  readonly replica: string;
  /** 0 for all from the beginning. */
  readonly since: number;
  /** Greater than `since`. */
  readonly version: number;
  readonly cells: readonly CellChange[];
}

/** What one replica learned of one class: each row with the version at which it came. */
export interface CellHistory {
  readonly generation: number;
  readonly moments: Moments;
  /** Of each row of `moments.plus`, ascending. */
  readonly plusAt: readonly number[];
  /** Of each row of `moments.minus`, ascending. */
  readonly minusAt: readonly number[];
  /** When rows were last taken away or folded, 0 if never: who knows less needs the whole. */
  readonly reshapedAt: number;
}

export interface CellChange extends CellHistory {
  readonly id: string;
  /** Whether this is all that there is, or rows on top of what was there at `since`. */
  readonly isWhole: boolean;
}

/** Which change of which replica says so: who knows that change knows this, too. */
export interface Stamp {
  readonly replica: string;
  readonly version: number;
}

/** What happened to a class as a whole. */
export interface Tombstone extends Stamp {
  /** How often the class was forgotten. */
  readonly count: number;
}

/** A name given to a class. The last writer wins. */
export interface Name extends Stamp {
  readonly label: string;
  /** Lamport's clock. */
  readonly time: number;
}
