/**
 * Symmetric matrices in float64: sums of outer products that can be added to and taken from, and the
 * linear systems they stand for. They belong to the engine whose matrices (`backend.ts`) are their
 * rows, so that samples are read where they lie.
 *
 * Legend: D order of a matrix, N rows, C right-hand sides. A triangle is the lower half of a matrix
 * with its diagonal, row by row: D (D + 1) / 2 numbers.
 * Orders and lengths are the caller's duty, and so is that all numbers are finite.
 */
import type { Matrix } from './backend.ts';

/** A symmetric matrix [D, D], or its factor, owned by an engine. About 4 D² bytes. */
export interface SymmetricMatrix {
  readonly order: number;
}

export interface SymmetricBackend {
  /** A new matrix of zeros. Free it with {@link dispose}. */
  matrix(order: number): SymmetricMatrix;
  dispose(...matrices: readonly SymmetricMatrix[]): void;

  /**
   * out += factor · rowsᵀ · rows, for rows [N, D] in float32 or, row by row, in float64.
   *
   * Float32 rows come in with a factor of 1 and go out with −1, in any order and any batches. Their
   * products are exact: after K rows in and out an entry (i, j) is off by at most K · 2⁻⁵³ times the
   * largest Σ |u_i u_j| of rows held on the way.
   */
  addOuter(out: SymmetricMatrix, rows: Matrix | Float64Array, factor: number): void;
  /** out += factor · the matrix with this triangle. */
  addTriangle(out: SymmetricMatrix, triangle: Float64Array, factor: number): void;
  /** out += value · I, or the diagonal matrix of these D values. */
  addDiagonal(out: SymmetricMatrix, values: number | Float64Array): void;
  /** out = source, of the same order. */
  copy(out: SymmetricMatrix, source: SymmetricMatrix): void;
  /** Sum of the diagonal. */
  trace(source: SymmetricMatrix): number;
  /** A copy of the triangle. */
  triangle(source: SymmetricMatrix): Float64Array;

  /**
   * Cholesky's factor, in place: the triangle becomes that of L, where matrix = L Lᵀ.
   * @returns −1, or the first row whose pivot is not a positive number: the matrix is not positive
   *   definite, and its content is lost
   */
  factor(matrix: SymmetricMatrix): number;
  /**
   * Solves L Lᵀ x = b for each row b of `rows` [C, D].
   * @param factor what {@link factor} made
   * @returns the solutions [C, D], row by row
   */
  solve(factor: SymmetricMatrix, rows: Float64Array): Float64Array;
}
