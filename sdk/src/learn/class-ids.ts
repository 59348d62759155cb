/** Which ids hold the samples of a class, and which label an id has now. */
import type { Cell } from './cell.ts';
import { checkLabel } from './check-label.ts';
import { countOf, isNothing, type Moments } from './moments.ts';
import { sorted, type Tables } from './tables.ts';

export function labelOf(id: string, { names }: Tables): string {
  return names.get(id)?.label ?? id.slice(id.indexOf(':') + 1);
}

/** The id under which a class of this label begins. */
export function firstIdOf(label: string, { names }: Tables): string {
  let n = 1;
  while (names.has(`${n}:${label}`)) n++;
  return `${n}:${label}`;
}

/**
 * Ids of this label that hold anything.
 * @throws HffError `learn/label`
 */
export function liveIdsOf(label: string, tables: Tables): string[] {
  checkLabel(label);
  const renamed = [...tables.names].filter(([, name]) => name.label === label);
  const ids = [firstIdOf(label, tables), ...renamed.map(([id]) => id)];
  return ids.filter((id) => hasBase(id, tables) || cellsOf(id, tables).length > 0);
}

/** All ids that hold anything, in code units' order. */
export function liveIds(tables: Tables): string[] {
  const base = [...tables.bases.keys()].filter((id) => hasBase(id, tables));
  const cells = [...tables.replicas.values()].flatMap((replica) =>
    [...replica.cells].filter(([, { moments }]) => !isNothing(moments)).map(([id]) => id),
  );
  return [...new Set([...base, ...cells])].sort();
}

/** Whether a class shows: it has samples of the base, or learned more than it forgot. */
export function hasSamples(ids: readonly string[], tables: Tables): boolean {
  return ids.some((id) => hasBase(id, tables)) || learnedOf(ids, tables) > 0;
}

/** Whether the samples of a base class count under this id. */
export function hasBase(id: string, { bases, tombstones }: Tables): boolean {
  return bases.has(id) && !tombstones.has(id);
}

/** Samples learned under these ids, over all replicas. */
export function learnedOf(ids: readonly string[], tables: Tables): number {
  return ids
    .flatMap((id) => cellsOf(id, tables))
    .reduce((sum, moments) => sum + countOf(moments), 0);
}

/** What replicas learned under an id. */
export function cellsOf(id: string, { replicas }: Tables): Moments[] {
  const cells = [...replicas.values()].flatMap(({ cells }) => cells.get(id)?.moments ?? []);
  return cells.filter((moments) => !isNothing(moments));
}

/** All cells, in an order that equal tables share. */
export function* eachCell({ replicas }: Tables): Iterable<Cell> {
  for (const [, { cells }] of sorted(replicas)) for (const [, cell] of sorted(cells)) yield cell;
}
