/** The content of a learned state: never changed in place, so that states can share its parts. */
import type { Name, Stamp, Tombstone } from './changes.ts';
import type { Replica } from './replica.ts';

export interface Tables {
  /** By class id: index of the base class. The same for all states of one model. */
  readonly bases: ReadonlyMap<string, number>;
  /** By the replica's name. */
  readonly replicas: ReadonlyMap<string, Replica>;
  /** By class id. The base's samples count while the class was never forgotten. */
  readonly tombstones: ReadonlyMap<string, Tombstone>;
  /** By class id, of those that were renamed. */
  readonly names: ReadonlyMap<string, Name>;
  /** By the replica's name, of those of which nothing counts. */
  readonly revoked: ReadonlyMap<string, Stamp>;
}

/** @param base labels of the base classes */
export function newTables(base: readonly string[]): Tables {
  const bases = new Map(base.map((label, index) => [`1:${label}`, index]));
  return {
    bases,
    replicas: new Map(),
    tombstones: new Map(),
    names: new Map(),
    revoked: new Map(),
  };
}

/** Entries by key in code units, so that equal tables are read in the same order everywhere. */
export function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
