/** Comparison of float arrays, relative to the largest entry. */

/** max |a − b| / max(|b|, floor): 0 when equal, NaN when the lengths or any entry disagree wildly. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-12): number {
  if (a.length !== b.length) return Number.NaN;
  let difference = 0;
  let largest = floor;
  for (let i = 0; i < a.length; i++) {
    difference = Math.max(difference, Math.abs((a[i] as number) - (b[i] as number)));
    largest = Math.max(largest, Math.abs(b[i] as number));
  }
  return difference / largest;
}
