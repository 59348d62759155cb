/** Hands on what changes in Σ ± u uᵀ, to whoever keeps that sum. */
import { addRow, isNothing, isSame, type Moments, noMoments } from './moments.ts';
import type { Tables } from './tables.ts';

/** The sum of second moments grows by `factor` times those of `moments`. */
export type MomentListener = (moments: Moments, factor: 1 | -1) => void;

/** Tells what turns one state into another that came of it. */
export function tellChanges(before: Tables, after: Tables, tell: MomentListener): void {
  for (const [replica, { cells }] of after.replicas) {
    const old = before.replicas.get(replica)?.cells ?? new Map<string, Moments>();
    for (const id of new Set([...old.keys(), ...cells.keys()])) {
      const [from, to] = [old.get(id) ?? noMoments, cells.get(id) ?? noMoments];
      if (from !== to) tellChange(from, to, tell);
    }
  }
}

/** Rows in and out, triangles in and out. */
function tellChange(before: Moments, after: Moments, tell: MomentListener): void {
  const [old, folded] = [before.folded, after.folded];
  const kept = old === folded || (old && folded && isSame(old.triangle, folded.triangle));
  let change: Moments = { ...after, folded: kept ? undefined : folded };
  // From the last row back: lists mostly differ at their ends, where addRow looks first.
  change = before.plus.reduceRight((rest, row) => addRow(rest, row, -1), change);
  change = before.minus.reduceRight((rest, row) => addRow(rest, row, 1), change);
  if (!isNothing(change)) tell(change, 1);
  if (old && !kept) tell({ ...noMoments, folded: old }, -1);
}
