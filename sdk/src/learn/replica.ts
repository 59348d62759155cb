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

/**
 * The replica with more of its changes; the same one where they are known already. All at once, since
 * each time takes as long as there are changes after a gap.
 */
export function takeReplicaChanges(
  replica: Replica,
  changes: readonly ReplicaChanges[],
  dimension: number,
): Replica {
  const isKnown = (change: ReplicaChanges): boolean =>
    change.version <= replica.version ||
    replica.ahead.some(({ since, version }) => since <= change.since && version >= change.version);
  const news = changes.filter((change) => !isKnown(change));
  if (news.length === 0) return replica;
  let { version } = replica;
  const settled = new Map(replica.settled);
  let cells = settled;
  let reached = version;
  const ahead: ReplicaChanges[] = [];
  const inOrder = [...replica.ahead, ...news].sort(
    (a, b) => a.since - b.since || b.version - a.version,
  );
  for (const next of inOrder) {
    // One that began no later says the same and more.
    if (next.version <= reached) continue;
    if (next.since <= version) version = next.version;
    else {
      if (ahead.length === 0) cells = new Map(settled);
      ahead.push(next);
    }
    changeCells(cells, next, reached, dimension);
    reached = next.version;
  }
  return { version, settled, ahead, cells };
}

function changeCells(
  cells: Map<string, Cell>,
  { cells: changes, since }: ReplicaChanges,
  known: number,
  dimension: number,
): void {
  for (const change of changes) {
    const { id } = change;
    cells.set(id, changeCell(cells.get(id), change, Math.max(since, known), dimension));
  }
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
