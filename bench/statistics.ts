/** Medians and spread of repeated timings. */

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** `1.32 (1.28 – 1.40)`: median, smallest and largest. */
export function withSpread(values: readonly number[], digits = 2): string {
  const least = Math.min(...values).toFixed(digits);
  const most = Math.max(...values).toFixed(digits);
  return `${median(values).toFixed(digits)} (${least} – ${most})`;
}
