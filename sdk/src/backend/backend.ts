/**
 * The numeric operations that classifying needs, and nothing else: row-major float32 matrices that live
 * in an engine, and coarse operations that write into a destination. Learning by statistics needs no
 * others here; what training needs beside them is in `training-backend.ts`.
 *
 * Legend: N samples, D units of a layer, D_in its inputs, P prototypes of all classes.
 * A destination takes the shape of the result; it may not be one of the sources unless said so.
 * Shapes are the caller's duty: operations do not check them.
 */

import type { ImageBackend } from './image-backend.ts';
import type { Matrix } from './matrix.ts';
import type { Numbers } from './numbers.ts';

export type { Matrix };

export interface Backend {
  readonly name: string;
  /** There once {@link loadImages} has fulfilled. */
  readonly images: ImageBackend | undefined;
  /**
   * Loads the operations on images, which a network needs that has convolutions.
   * @throws HffError `backend/unavailable`
   */
  loadImages(): Promise<void>;

  /** A new matrix of zeros. Free it with {@link dispose}. */
  matrix(rows: number, columns: number): Matrix;
  /** A new matrix with these numbers, in float32. */
  load(numbers: Numbers, rows: number, columns: number): Matrix;
  /**
   * A new weight, in whatever form the engine classifies fastest with: int8 stays int8. Only
   * {@link affineRelu}, {@link allFinite} and {@link dispose} take it.
   */
  freeze(numbers: Numbers, rows: number, columns: number): Matrix;
  /** Whether no entry is an infinity or NaN; of int8, whether no scale is. */
  allFinite(matrix: Matrix): boolean;
  /** Copies `values` (rows · columns numbers, row by row) into `out`. */
  write(out: Matrix, values: Float32Array, rows: number): void;
  /** A copy of the content, row by row. */
  read(source: Matrix): Float32Array;
  dispose(...matrices: readonly Matrix[]): void;

  /** out [N, D] = ReLU(x [N, D_in] · weight [D_in, D] + bias [1, D]); the weight may be frozen. */
  affineRelu(out: Matrix, x: Matrix, weight: Matrix, bias: Matrix): void;
  /**
   * Onto the unit sphere, row by row: unit = a / ‖a‖, inverseNorm [N, 1] = 1 / ‖a‖.
   * Rows shorter than 1e-6 become zero, and so does their inverse norm; rows too long for float32
   * become NaN, and so does theirs.
   */
  project(unit: Matrix, inverseNorm: Matrix, a: Matrix): void;
  /** out = op(a) · op(b), where op transposes the factor named. */
  multiply(out: Matrix, a: Matrix, b: Matrix, transpose?: 'left' | 'right'): void;
  /**
   * Class scores, a soft maximum over the prototypes of each class: scores [N, C] from cosines t
   * [N, P], s_c = (1/β) (log Σ_k exp(β t_ck) − log K_c). −log K_c keeps s_c ≤ max_k t_ck, so classes
   * with more prototypes have no advantage.
   * @param offsets class c owns columns offsets[c] … offsets[c + 1] − 1, at least one
   * @param sharpness β > 0: towards ∞ the nearest prototype alone decides
   */
  classScores(scores: Matrix, cosines: Matrix, offsets: Uint32Array, sharpness: number): void;
  /** out = factor · a. */
  scale(out: Matrix, a: Matrix, factor: number): void;
}
