/** The rows that one replica learned of one class, with what others need to catch up with them. */
import type { CellChange, CellHistory } from './changes.ts';
import { fold } from './fold.ts';
import { addRow, isNothing, type Moments, noMoments } from './moments.ts';

export type Cell = CellHistory;

function newCell(generation: number): Cell {
  return { generation, moments: noMoments, plusAt: [], minusAt: [], reshapedAt: 0 };
}

/** The cell with one more row of a factor of 1 or −1, by the change that made this `version`. */
function addToCell(
  cell: Cell,
  row: Float32Array,
  factor: number,
  version: number,
  dimension: number,
): Cell {
  const { moments: before, plusAt, minusAt } = cell;
  const added = addRow(before, row, factor);
  const moments = fold(added, dimension);
  const isFolded = moments !== added;
  const isCancelled = added.plus.length + added.minus.length < rowsOf(before);
  return {
    generation: cell.generation,
    moments,
    plusAt: isFolded ? [] : times(plusAt, before.plus, added.plus, version),
    minusAt: isFolded ? [] : times(minusAt, before.minus, added.minus, version),
    reshapedAt: isFolded || isCancelled ? version : cell.reshapedAt,
  };
}

/** Versions of rows of which one was added at the end, or one taken away. */
function times(
  at: readonly number[],
  before: readonly Float32Array[],
  after: readonly Float32Array[],
  version: number,
): readonly number[] {
  if (after.length > before.length) return [...at, version];
  if (after.length === before.length) return at;
  const gone = before.findIndex((row, i) => row !== after[i]);
  return at.toSpliced(gone, 1);
}

function rowsOf({ plus, minus }: Moments): number {
  return plus.length + minus.length;
}

/**
 * The cell after a change of it.
 * @param since what the cell knows already of its replica: later rows are new
 */
export function changeCell(
  cell: Cell | undefined,
  change: CellChange,
  since: number,
  dimension: number,
): Cell {
  const { generation, moments, plusAt, minusAt, reshapedAt } = change;
  if (cell && cell.generation > generation) return cell;
  if (change.isWhole) return { generation, moments, plusAt, minusAt, reshapedAt };
  let changed = cell?.generation === generation ? cell : newCell(generation);
  const add = (rows: readonly Float32Array[], at: readonly number[], factor: number): void => {
    rows.forEach((row, i) => {
      const version = at[i] as number;
      if (version > since) changed = addToCell(changed, row, factor, version, dimension);
    });
  };
  add(moments.plus, plusAt, 1);
  add(moments.minus, minusAt, -1);
  return changed;
}

/** What became of a cell after a version: null where nothing did. */
export function cellSince(id: string, cell: Cell, since: number): CellChange | null {
  if (since === 0 || cell.reshapedAt > since) return { ...cell, id, isWhole: true };
  const { plusAt, minusAt } = cell;
  const plus = cell.moments.plus.filter((_, i) => (plusAt[i] as number) > since);
  const minus = cell.moments.minus.filter((_, i) => (minusAt[i] as number) > since);
  const moments = { plus, minus, folded: undefined };
  if (isNothing(moments)) return null;
  return {
    ...cell,
    id,
    moments,
    plusAt: plusAt.slice(plusAt.length - plus.length),
    minusAt: minusAt.slice(minusAt.length - minus.length),
    isWhole: false,
  };
}
