/** The value that best parts ink from paper: the largest variance between the two (Otsu 1979). */

const steps = 256;

/** @param values 0 to 255 */
export function inkThreshold(values: Float32Array): number {
  const counts = new Array<number>(steps).fill(0);
  for (const value of values) counts[Math.floor(value)] = (counts[Math.floor(value)] ?? 0) + 1;
  const total = counts.reduce((sum, count, value) => sum + count * value, 0);
  let [below, sumBelow, best, bestVariance] = [0, 0, 0, -1];
  counts.forEach((count, value) => {
    below += count;
    sumBelow += count * value;
    const above = values.length - below;
    if (below === 0 || above === 0) return;
    const gap = sumBelow / below - (total - sumBelow) / above;
    const variance = below * above * gap * gap;
    if (variance <= bestVariance) return;
    bestVariance = variance;
    best = value;
  });
  return best;
}
