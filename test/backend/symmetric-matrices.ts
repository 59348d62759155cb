/** Samples, matrices and errors for the tests of symmetric matrices. */
import type { SymmetricBackend, SymmetricMatrix } from '../../sdk/src/backend/symmetric.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { startPlain } from './symmetric-engines.ts';

/** The error of one rounding, relative to its result. */
export const rounding: number = 2 ** -53;

/** Unit vectors without negative numbers, as the layers give them, row by row. */
export function unitRows(random: Random, count: number, order: number): Float32Array {
  const rows = random.normals(count * order, 1).map((value) => Math.max(0, value));
  for (let start = 0; start < rows.length; start += order) {
    const row = rows.subarray(start, start + order);
    const norm = Math.hypot(...row);
    if (norm > 0) row.set(row.map((value) => value / norm));
  }
  return rows;
}

/** A new matrix with this triangle. */
export function load(s: SymmetricBackend, order: number, triangle: Float64Array): SymmetricMatrix {
  const matrix = s.matrix(order);
  s.addTriangle(matrix, triangle, 1);
  return matrix;
}

/** The triangle of (Σ of `rank` outer products) / order + diagonal · I. */
export function positiveTriangle(
  order: number,
  rank: number,
  diagonal: number,
  seed: number,
): Float64Array {
  const random = new Random(3, seed);
  const { symmetric } = startPlain();
  const matrix = symmetric.matrix(order);
  const rows = Float64Array.from({ length: rank * order }, () => random.normal());
  symmetric.addOuter(matrix, rows, 1 / Math.max(1, order));
  symmetric.addDiagonal(matrix, diagonal);
  return symmetric.triangle(matrix);
}

/** ‖A x − b‖ / (‖A‖ ‖x‖ + ‖b‖), in the norm of the largest number. */
export function backwardError(triangle: Float64Array, x: Float64Array, b: Float64Array): number {
  const residuals = b.map((value) => -value);
  const sums = new Float64Array(x.length);
  let index = 0;
  const add = (i: number, j: number, entry: number) => {
    residuals[i] = (residuals[i] as number) + entry * (x[j] as number);
    sums[i] = (sums[i] as number) + Math.abs(entry);
  };
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = triangle[index++] as number;
      add(i, j, entry);
      if (j < i) add(j, i, entry);
    }
  }
  const largest = (values: Float64Array) => Math.max(...values.map(Math.abs));
  return largest(residuals) / (largest(sums) * largest(x) + largest(b));
}
