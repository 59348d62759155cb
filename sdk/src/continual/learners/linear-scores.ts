/** Scores of all classes by one matrix product: the decision of every linear learner. */
import type { Matrix } from '../../backend/backend.ts';
import type { SimdBackend } from '../../backend/simd/simd-backend.ts';

export interface BestClass {
  /** Place of the class with the highest score. */
  readonly index: number;
  readonly score: number;
}

export class LinearScores {
  readonly #backend: SimdBackend;
  readonly #weights: Matrix;
  readonly #offsets: Float32Array;
  readonly #rows: Matrix;
  readonly #scores: Matrix;

  /**
   * @param weights [C, D], row by row
   * @param offsets added to the scores, C
   */
  constructor(backend: SimdBackend, weights: Float32Array, offsets: Float32Array) {
    this.#backend = backend;
    this.#weights = backend.load(weights, offsets.length, weights.length / offsets.length);
    this.#offsets = offsets;
    this.#rows = backend.matrix(1, 1);
    this.#scores = backend.matrix(1, 1);
  }

  /**
   * The best class of each sample.
   * @param features [N, D]
   */
  best(features: Float32Array, rows: number): BestClass[] {
    this.#backend.write(this.#rows, features, rows);
    this.#backend.multiply(this.#scores, this.#rows, this.#weights, 'right');
    const products = this.#backend.read(this.#scores);
    const classes = this.#offsets.length;
    return Array.from({ length: rows }, (_, row) => {
      let best = { index: 0, score: Number.NEGATIVE_INFINITY };
      for (let index = 0; index < classes; index++) {
        const score =
          (products[row * classes + index] as number) + (this.#offsets[index] as number);
        if (score > best.score) best = { index, score };
      }
      return best;
    });
  }

  dispose(): void {
    this.#backend.dispose(this.#weights, this.#rows, this.#scores);
  }
}
