/**
 * What is known of one replica: all its changes up to a version, and perhaps some after a gap, which
 * count at once. They find their place when the gap is filled, be it by the replica itself or by
 * someone who heard of it.
 */
import { type Cell, changeCell } from './cell.ts';
import type { ReplicaChanges } from './changes.ts';

export type Cells = ReadonlyMap<string, Cell>;

export interface Replica {
  /** All changes up to this one are known, 0 for none. */
  readonly version: number;
  /** By class id, what these say. */
  readonly settled: Cells;
  /** Changes after a gap, by where they begin. */
  readonly ahead: readonly ReplicaChanges[];
  /** By class id, what all of them say. */
  readonly cells: Cells;
}

const none: Cells = new Map();

export const unknownReplica: Replica = { version: 0, settled: none, ahead: [], cells: none };

/** The replica with more of its changes; the same one where they are known already. */
export function takeReplicaChanges(
  replica: Replica,
  changes: ReplicaChanges,
  dimension: number,
): Replica {
  const isKnown =
    changes.version <= replica.version ||
    replica.ahead.some(
      ({ since, version }) => since <= changes.since && version >= changes.version,
    );
  if (isKnown) return replica;
  let { version, settled } = replica;
  const ahead: ReplicaChanges[] = [];
  const known = [...replica.ahead, changes];
  for (const next of known.sort((a, b) => a.since - b.since || a.version - b.version)) {
    if (next.version <= version) continue;
    if (next.since > version) ahead.push(next);
    else {
      settled = changeCells(settled, next, version, dimension);
      version = next.version;
    }
  }
  let cells = settled;
  let reached = version;
  for (const next of ahead) {
    if (next.version <= reached) continue;
    cells = changeCells(cells, next, reached, dimension);
    reached = next.version;
  }
  return { version, settled, ahead, cells };
}

function changeCells(
  before: Cells,
  { cells, since }: ReplicaChanges,
  known: number,
  dimension: number,
): Cells {
  const after = new Map(before);
  for (const change of cells) {
    const { id } = change;
    after.set(id, changeCell(before.get(id), change, Math.max(since, known), dimension));
  }
  return after;
}

/** The replica without anything that it learned; its changes stay known. */
export function dropAll(replica: Replica): Replica {
  const { version, ahead, settled } = replica;
  if (ahead.length + settled.size === 0) return replica;
  return { version, settled: none, ahead: [], cells: none };
}

/** The replica without what was learned of classes before they were last forgotten. */
export function dropForgotten(
  replica: Replica,
  ids: Iterable<string>,
  generation: (id: string) => number,
): Replica {
  const { settled, cells } = replica;
  const least = [...ids].map((id) => [id, generation(id)] as const);
  const isSame = settled === cells;
  const settledNow = without(settled, least);
  const cellsNow = isSame ? settledNow : without(cells, least);
  if (settledNow === settled && cellsNow === cells) return replica;
  return { ...replica, settled: settledNow, cells: cellsNow };
}

function without(cells: Cells, leastGenerations: readonly (readonly [string, number])[]): Cells {
  const isOld = (id: string, least: number): boolean =>
    (cells.get(id)?.generation ?? least) < least;
  const old = leastGenerations.filter(([id, least]) => isOld(id, least));
  if (old.length === 0) return cells;
  const rest = new Map(cells);
  for (const [id] of old) rest.delete(id);
  return rest;
}
