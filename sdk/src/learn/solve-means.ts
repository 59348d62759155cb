/**
 * Class means through the inverse of a covariance, some at a time. Symbols are those of `fit-head.ts`.
 */
import type { SymmetricBackend, SymmetricMatrix } from '../backend/symmetric.ts';
import { type ClassMean, weightedMean } from './class-mean.ts';

/** Right-hand sides solved at once, which bounds the memory that many classes take. */
const solvedAtOnce = 256;

export interface Solutions {
  /** Σ⁻¹ a_c, [C, D]. */
  readonly weights: Float32Array;
  /** q_c. */
  readonly lengths: Float64Array;
  /** ‖Σ⁻¹ a_c‖². */
  readonly squares: Float64Array;
  /** mᵀ Σ⁻¹ a_c. */
  readonly shifts: Float64Array;
}

/** @param factor of S + F ρ I, [D, D] */
export function solveMeans(
  symmetric: SymmetricBackend,
  factor: SymmetricMatrix,
  freedom: number,
  classes: readonly ClassMean[],
): Solutions {
  const dimension = factor.order;
  const weights = new Float32Array(classes.length * dimension);
  const numbers = (): Float64Array => new Float64Array(classes.length);
  const [lengths, squares, shifts] = [numbers(), numbers(), numbers()];
  const centre = weightedMean(classes, dimension);
  for (let start = 0; start < classes.length; start += solvedAtOnce) {
    const some = classes.slice(start, start + solvedAtOnce);
    const deviations = new Float64Array(some.length * dimension);
    some.forEach(({ mean }, row) => {
      const from = row * dimension;
      for (let i = 0; i < dimension; i++) {
        deviations[from + i] = (mean[i] as number) - (centre[i] as number);
      }
    });
    const solved = symmetric.solve(factor, deviations).map((value) => value * freedom);
    weights.set(solved, start * dimension);
    some.forEach((_, row) => {
      const own = solved.subarray(row * dimension, (row + 1) * dimension);
      lengths[start + row] = dot(deviations.subarray(row * dimension), own);
      squares[start + row] = dot(own, own);
      shifts[start + row] = dot(centre, own);
    });
  }
  return { weights, lengths, squares, shifts };
}

/** Over as many numbers as `b` has. */
export function dot(a: Float64Array, b: Float64Array): number {
  return b.reduce((sum, value, i) => sum + value * (a[i] as number), 0);
}
