/** Hands on what changes in Σ ± u uᵀ, to whoever keeps that sum. */
import { addRow, isNothing, isSame, type Moments, noMoments } from './moments.ts';
import { type Cells, unknownReplica } from './replica.ts';
import type { Tables } from './tables.ts';

/** The sum of second moments grows by `factor` times those of `moments`. */
export type MomentListener = (moments: Moments, factor: 1 | -1) => void;

/** Tells what turns one state into another that came of it. */
export function tellChanges(before: Tables, after: Tables, tell: MomentListener): void {
  for (const [name, { cells }] of after.replicas) {
    const { cells: old } = before.replicas.get(name) ?? unknownReplica;
    if (old === cells) continue;
    for (const id of new Set([...old.keys(), ...cells.keys()])) {
      const [from, to] = [momentsOf(old, id), momentsOf(cells, id)];
      if (from !== to) tellChange(from, to, tell);
    }
  }
}

function momentsOf(cells: Cells, id: string): Moments {
  return cells.get(id)?.moments ?? noMoments;
}

/** Rows in and out, triangles in and out. */
function tellChange(before: Moments, after: Moments, tell: MomentListener): void {
  const [old, folded] = [before.folded, after.folded];
  const kept = old === folded || (old && folded && isSame(old.triangle, folded.triangle));
  const change = kept && laterRows(before, after);
  if (change) {
    tell(change, 1);
    return;
  }
  let difference: Moments = { ...after, folded: kept ? undefined : folded };
  // From the last row back: lists mostly differ at their ends, where addRow looks first.
  difference = before.plus.reduceRight((rest, row) => addRow(rest, row, -1), difference);
  difference = before.minus.reduceRight((rest, row) => addRow(rest, row, 1), difference);
  if (!isNothing(difference)) tell(difference, 1);
  if (old && !kept) tell({ ...noMoments, folded: old }, -1);
}

/** What was added at the end, where nothing else happened. */
function laterRows(before: Moments, after: Moments): Moments | null {
  const isBeginning = (old: readonly Float32Array[], rows: readonly Float32Array[]): boolean =>
    old.every((row, i) => row === rows[i]);
  if (!isBeginning(before.plus, after.plus) || !isBeginning(before.minus, after.minus)) return null;
  const later = {
    plus: after.plus.slice(before.plus.length),
    minus: after.minus.slice(before.minus.length),
    folded: undefined,
  };
  return isNothing(later) ? null : later;
}
