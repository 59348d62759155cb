/**
 * Means of classes, and how much each tells of where the middle of all is. Symbols are those of
 * `fit-head.ts`.
 */

export interface ClassMean {
  readonly label: string;
  /** n_c, > 0. */
  readonly count: number;
  /** μ_c, [D]. */
  readonly mean: Float64Array;
  /** Whether samples were learned on top of base training. */
  readonly taught: boolean;
}

/** Samples from which on a class's mean counts for half in the mean of all. */
const knownSamples = 10;

/** How well a class's mean is known, 0 to 1. */
export function weightOf(count: number): number {
  return count / (count + knownSamples);
}

/** Mean of the means; zero where one class is alone, which would be nothing but its own mean. */
export function weightedMean(classes: readonly ClassMean[], dimension: number): Float64Array {
  const centre = new Float64Array(dimension);
  if (classes.length === 1) return centre;
  const total = classes.reduce((sum, { count }) => sum + weightOf(count), 0);
  for (const { count, mean } of classes) {
    const weight = weightOf(count) / total;
    for (let i = 0; i < dimension; i++) {
      centre[i] = (centre[i] as number) + weight * (mean[i] as number);
    }
  }
  return centre;
}
