/**
 * Measures of class-incremental learning, from the accuracies R[i, j] on the test samples of task j
 * after task i was learned, j ≤ i, where a decision is always among all classes learned so far.
 * Definitions as in Lopez-Paz and Ranzato 2017 and Chaudhry et al. 2018.
 */

/** Row i has i + 1 accuracies, 0 to 1. */
export type AccuracyMatrix = readonly (readonly number[])[];

export interface IncrementalMeasures {
  /** On the test samples of all classes learned so far, after each task. */
  readonly seen: readonly number[];
  /** Mean of `seen`. */
  readonly averageIncremental: number;
  /** Last of `seen`. */
  readonly last: number;
  /** Mean over all tasks but the last of best earlier accuracy − last accuracy. */
  readonly forgetting: number;
  /** The same of the base classes alone. */
  readonly baseForgetting: number;
  /** Mean over all tasks but the last of last accuracy − accuracy when the task was new. */
  readonly backwardTransfer: number;
}

/**
 * @param matrix of at least two tasks
 * @param samples test samples of each task, by which accuracies on several tasks are weighted
 */
export function incrementalMeasures(
  matrix: AccuracyMatrix,
  samples: readonly number[],
): IncrementalMeasures {
  const seen = matrix.map((row) => weightedMean(row, samples));
  const last = matrix.at(-1) as readonly number[];
  const old = last.slice(0, -1);
  const forgotten = old.map((accuracy, task) => bestEarlier(matrix, task) - accuracy);
  const transferred = old.map((accuracy, task) => accuracy - (matrix[task]?.[task] as number));
  return {
    seen,
    averageIncremental: mean(seen),
    last: seen.at(-1) as number,
    forgetting: mean(forgotten),
    baseForgetting: forgotten[0] as number,
    backwardTransfer: mean(transferred),
  };
}

/** Best accuracy on `task` before the last task was learned. */
function bestEarlier(matrix: AccuracyMatrix, task: number): number {
  return Math.max(...matrix.slice(task, -1).map((row) => row[task] as number));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const total = values.reduce((sum, _, i) => sum + (weights[i] as number), 0);
  return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / total;
}
