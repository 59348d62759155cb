/**
 * The content of a learned state as replicas exchange it, and how two of them become one. Joining
 * is commutative, associative and idempotent, so replicas agree in whatever order, grouping and
 * number states arrive.
 *
 * A class id is `n:label`: the label under which it was first learned, and n > 1 if ids of a smaller
 * n were renamed before. It never changes.
 */
import type { Moments } from './moments.ts';

/** What one replica learned. Only its owner changes it, with a new version each time. */
interface Replica {
  version: number;
  /**
   * By class id. Of each class a state holds one generation only, that after its tombstone: what
   * came before is void and dropped.
   */
  readonly cells: Map<string, Moments>;
}

/** A name given to a class. The last writer wins. */
export interface Name {
  readonly label: string;
  /** Lamport's clock. */
  readonly time: number;
  readonly replica: string;
}

export interface Tables {
  /** By class id: index of the base class. The same for all states of one model. */
  readonly bases: ReadonlyMap<string, number>;
  readonly replicas: Map<string, Replica>;
  /** By class id: how often the class was forgotten. The base's samples count while it never was. */
  readonly tombstones: Map<string, number>;
  /** By class id, of those that were renamed. */
  readonly names: Map<string, Name>;
}

/** @param base labels of the base classes */
export function newTables(base: readonly string[]): Tables {
  const bases = new Map(base.map((label, index) => [`1:${label}`, index]));
  return { bases, replicas: new Map(), tombstones: new Map(), names: new Map() };
}

/** What both know. Neither can reach into it: it has maps of its own. */
export function joinTables(a: Tables, b: Omit<Tables, 'bases'>): Tables {
  const joined = { ...newTables([]), bases: a.bases };
  const { replicas, tombstones, names } = joined;
  for (const source of [a, b]) {
    for (const [id, count] of source.tombstones) {
      tombstones.set(id, Math.max(count, tombstones.get(id) ?? 0));
    }
    for (const [id, name] of source.names) {
      const other = names.get(id);
      if (!other || isLater(name, other)) names.set(id, name);
    }
  }
  for (const source of [a, b]) {
    for (const [id, { version, cells }] of source.replicas) {
      if (version <= (replicas.get(id)?.version ?? 0)) continue;
      const live = [...cells].filter(([c]) => source.tombstones.get(c) === tombstones.get(c));
      replicas.set(id, { version, cells: new Map(live) });
    }
  }
  return joined;
}

function isLater(a: Name, b: Name): boolean {
  return a.time === b.time ? a.replica > b.replica : a.time > b.time;
}

/** Entries by key in code units, so that equal tables are read in the same order everywhere. */
export function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
