/** A learned state as plain data that can be cloned and stored. */
import type { Moments } from './moments.ts';
import { type Name, sorted, type Tables } from './tables.ts';

type Entries<T> = readonly (readonly [key: string, value: T])[];

/** What a state is of. */
export interface LearnedStateOptions {
  /** D: features of a sample. A whole number ≥ 1. */
  readonly dimension: number;
  /** Of the model whose features these are. Only states of equal fingerprints can be merged. */
  readonly fingerprint: string;
  /** Names this replica. It must be new wherever learning starts afresh or from an old copy. */
  readonly replica: string;
  /** Labels of the base classes, each once. */
  readonly base: readonly string[];
}

/**
 * Entries are sorted by key, so states that know the same give equal data but for `replica`. Its
 * arrays are the state's own: not to be written to, nor transferred.
 */
export interface LearnedData extends LearnedStateOptions {
  readonly replicas: Entries<{ readonly version: number; readonly cells: Entries<Moments> }>;
  readonly tombstones: Entries<number>;
  readonly names: Entries<Name>;
}

export function writeTables({
  replicas,
  tombstones,
  names,
}: Tables): Pick<LearnedData, 'replicas' | 'tombstones' | 'names'> {
  return {
    replicas: sorted(replicas).map(([id, { version, cells }]) => [
      id,
      { version, cells: sorted(cells) },
    ]),
    tombstones: sorted(tombstones),
    names: sorted(names),
  };
}
