/**
 * What one replica learned of one class: a multiset of feature rows with signs, as count, sum and
 * second moment. Values are never changed in place, so that states can share them.
 *
 * Legend: D features. A triangle is the lower half of a symmetric matrix [D, D] with its diagonal,
 * row by row: D (D + 1) / 2 numbers.
 */

/** Rows that are kept as their sums only. */
export interface Folded {
  /** Rows learned less rows forgotten. */
  readonly count: number;
  /** Σ ± u [D]. */
  readonly sum: Float64Array;
  /** Σ ± u uᵀ, as a triangle. */
  readonly triangle: Float64Array;
}

/** Σ ± u uᵀ over the rows u [D] of `plus`, less those of `minus`, and what is folded. */
export interface Moments {
  readonly plus: readonly Float32Array[];
  /** Rows forgotten here that were learned elsewhere, or are folded. No row is in both lists. */
  readonly minus: readonly Float32Array[];
  readonly folded: Folded | undefined;
}

export const noMoments: Moments = { plus: [], minus: [], folded: undefined };

export function isNothing({ plus, minus, folded }: Moments): boolean {
  return !folded && plus.length + minus.length === 0;
}

/** Rows learned less rows forgotten: negative if this replica forgot what others learned. */
export function countOf({ plus, minus, folded }: Moments): number {
  return plus.length - minus.length + (folded?.count ?? 0);
}

/** How often a row is in it, as far as rows are kept: negative if it was forgotten more often. */
export function occurrences({ plus, minus }: Moments, row: Float32Array): number {
  const count = (rows: readonly Float32Array[]): number =>
    rows.filter((other) => isSame(other, row)).length;
  return count(plus) - count(minus);
}

/** One more row with a factor of 1 or −1, which cancels the last equal row of the other sign. */
export function addRow(moments: Moments, row: Float32Array, factor: number): Moments {
  const { plus, minus, folded } = moments;
  const [same, other] = factor > 0 ? [plus, minus] : [minus, plus];
  const twin = other.findLastIndex((candidate) => isSame(candidate, row));
  const grown = twin < 0 ? [...same, row] : same;
  const shrunk = other.filter((_, i) => i !== twin);
  return factor > 0
    ? { plus: grown, minus: shrunk, folded }
    : { plus: shrunk, minus: grown, folded };
}

/** Whether two arrays hold the same numbers. */
export function isSame(a: Float32Array | Float64Array, b: Float32Array | Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

const sums = new WeakMap<Moments, Float64Array>();

/** Σ ± u [D]. The same bits wherever the same rows lie in the same order. Not to be written to. */
export function sumOf(moments: Moments, dimension: number): Float64Array {
  let sum = sums.get(moments);
  if (!sum) {
    sum = moments.folded?.sum.slice() ?? new Float64Array(dimension);
    for (const row of moments.plus) addTo(sum, row, 1);
    for (const row of moments.minus) addTo(sum, row, -1);
    sums.set(moments, sum);
  }
  return sum;
}

/** sum += factor · row. */
export function addTo(sum: Float64Array, row: Float32Array | Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) {
    sum[i] = (sum[i] as number) + factor * (row[i] as number);
  }
}
