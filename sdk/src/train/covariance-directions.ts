/**
 * A covariance in few numbers: its strongest directions and the variance that they leave. Subspace
 * iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4).
 *
 * Legend: D order, r directions.
 */
import type { Backend } from '../backend/backend.ts';
import { type Int8Rows, toFloat32 } from '../backend/numbers.ts';
import { quantiseRows } from '../backend/quantise-rows.ts';
import { Random } from '../hff/random.ts';

const iterations = 6;

export interface CovarianceDirections {
  /**
   * [r, D]: covariance ≈ directionsᵀ · directions + diagonal(variances). Rounded as an int8 file rounds
   * them, so that the head that follows is the same whatever the file.
   */
  readonly directions: Int8Rows;
  /** ≥ 0, [D]. */
  readonly variances: Float32Array;
}

/**
 * @param covariance symmetric, positive semidefinite, [D, D]
 * @param rank r, at most D
 */
export function covarianceDirections(
  backend: Backend,
  covariance: Float32Array,
  dimension: number,
  rank: number,
): CovarianceDirections {
  const full = backend.load(covariance, dimension, dimension);
  const basis = backend.matrix(rank, dimension);
  const image = backend.matrix(rank, dimension);
  const small = backend.matrix(rank, rank);
  try {
    let rows: Float32Array = new Random(1).normals(rank * dimension, 1);
    for (let i = 0; i < iterations; i++) {
      orthonormalise(rows, rank, dimension);
      backend.write(basis, rows, rank);
      backend.multiply(image, basis, full);
      rows = backend.read(image);
    }
    // With Q the basis, Q S Qᵀ = L Lᵀ and S ≈ Qᵀ L Lᵀ Q: the directions are Lᵀ Q.
    backend.multiply(small, image, basis, 'right');
    const factor = lowerFactor(backend.read(small), rank);
    const lower = backend.load(factor, rank, rank);
    backend.multiply(image, lower, basis, 'left');
    backend.dispose(lower);
    const directions = quantiseRows(backend.read(image), rank);
    const variances = variancesLeft(covariance, toFloat32(directions), dimension);
    return { directions, variances };
  } finally {
    backend.dispose(full, basis, image, small);
  }
}

/** Modified Gram–Schmidt, twice, in place; rows without a direction of their own become zeros. */
function orthonormalise(rows: Float32Array, count: number, length: number): void {
  const row = (i: number): Float32Array => rows.subarray(i * length, (i + 1) * length);
  for (let i = 0; i < count; i++) {
    const current = row(i);
    const before = Math.sqrt(dot(current, current));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = row(j);
        const share = dot(current, other);
        for (let k = 0; k < length; k++) {
          current[k] = (current[k] as number) - share * (other[k] as number);
        }
      }
    }
    const norm = Math.sqrt(dot(current, current));
    const inverse = norm > 1e-6 * before ? 1 / norm : 0;
    for (let k = 0; k < length; k++) current[k] = (current[k] as number) * inverse;
  }
}

/** Cholesky's L of a small semidefinite matrix; columns without a positive pivot are zeros. */
function lowerFactor(matrix: Float32Array, order: number): Float32Array {
  const lower = new Float32Array(order * order);
  for (let j = 0; j < order; j++) {
    for (let i = j; i < order; i++) {
      let sum = matrix[i * order + j] as number;
      for (let k = 0; k < j; k++) {
        sum -= (lower[i * order + k] as number) * (lower[j * order + k] as number);
      }
      const pivot = lower[j * order + j] as number;
      if (i === j) lower[i * order + j] = sum > 0 ? Math.sqrt(sum) : 0;
      else lower[i * order + j] = pivot > 0 ? sum / pivot : 0;
    }
  }
  return lower;
}

function variancesLeft(
  covariance: Float32Array,
  directions: Float32Array,
  dimension: number,
): Float32Array {
  const left = Float64Array.from(
    { length: dimension },
    (_, i) => covariance[i * dimension + i] as number,
  );
  directions.forEach((value, at) => {
    left[at % dimension] = (left[at % dimension] as number) - value * value;
  });
  return Float32Array.from(left, (value) => Math.max(0, value));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
