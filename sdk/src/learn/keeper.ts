/**
 * What keeps a model's learning for tomorrow (`journal/model-keeper.ts` does), and what it asks of the
 * model. Without one, what was learned is gone with the model.
 */
import type { Snapshot } from '../format/snapshot.ts';

export interface Keeper {
  /**
   * Stores a file of changes, then has it applied.
   * @param apply awaits nothing and cannot fail
   * @returns false, with nothing stored or applied, where others had stored something first: it has been
   *   taken in, and what was planned must be planned anew
   */
  keep(changes: Uint8Array, apply: () => void): Promise<boolean>;
  /**
   * {@link keep} for other layers, on which nothing is learned yet.
   * @param replica name of this device from then on
   */
  keepLayers(layers: Snapshot, replica: string, apply: () => void): Promise<boolean>;
}

/** From where a model goes on. */
export interface KeptStart {
  /** Null where they are the same as before. */
  readonly layers: Snapshot | null;
  /** Name of this device among replicas. */
  readonly replica: string;
  /** A file of changes: all that was learned; empty where that is nothing. */
  readonly changes: Uint8Array;
}

/** From where a model goes on that is not there yet. */
export interface KeptModel extends KeptStart {
  readonly layers: Snapshot;
}

/** The model that is kept. */
export interface Kept {
  /** Runs when nothing else changes the model. */
  inTurn<T>(run: () => Promise<T>): Promise<T>;
  restart(start: KeptStart): void;
  /** Takes in files of changes that others stored, all or none. */
  take(files: readonly Uint8Array[]): void;
  /** Changes are lost that others may have: what came after them counts as learned by this new replica. */
  mend(replica: string): void;
  /** All that is learned, as a file of changes. */
  changes(): Uint8Array;
}
