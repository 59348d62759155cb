/**
 * Linear discriminant of classes with one covariance: score w_c · x − ½ w_c · μ_c with w_c = Λ μ_c,
 * where Λ = ((1 − ε) Σ + ε I)⁻¹.
 */
import type { SimdSymmetric } from '../../backend/simd/simd-symmetric.ts';
import type { SymmetricMatrix } from '../../backend/symmetric.ts';
import { HffError } from '../../error.ts';
import { type BestClass, LinearScores } from './linear-scores.ts';

/** ε, share of the identity in the covariance. */
const shrinkage = 1e-4;

export class Discriminant {
  readonly #symmetric: SimdSymmetric;
  readonly #factor: SymmetricMatrix;
  /** Λ = scale · (L Lᵀ)⁻¹. */
  readonly #scale: number;
  readonly #scores: LinearScores;

  /**
   * @param scatter t Σ [D, D]
   * @param learned t ≥ 1
   * @param means μ [C, D]
   * @throws HffError `input/not-finite` when features are no numbers
   */
  constructor(
    symmetric: SimdSymmetric,
    scatter: SymmetricMatrix,
    learned: number,
    means: Float64Array,
  ) {
    this.#symmetric = symmetric;
    this.#scale = learned / (1 - shrinkage);
    const size = scatter.order;
    this.#factor = this.#symmetric.matrix(size);
    this.#symmetric.copy(this.#factor, scatter);
    this.#symmetric.addDiagonal(this.#factor, this.#scale * shrinkage);
    if (this.#symmetric.factor(this.#factor) >= 0) {
      this.#symmetric.dispose(this.#factor);
      throw new HffError(
        'input/not-finite',
        'features: expected finite numbers, but their covariance is not positive definite.',
      );
    }
    const weights = this.#whitened(means);
    const offsets = Float32Array.from({ length: means.length / size }, (_, c) => {
      const row = (numbers: Float64Array) => numbers.subarray(c * size, (c + 1) * size);
      return -dot(row(weights), row(means)) / 2;
    });
    this.#scores = new LinearScores(symmetric.backend, Float32Array.from(weights), offsets);
  }

  /** @param features [N, D] */
  best(features: Float32Array, rows: number): BestClass[] {
    return this.#scores.best(features, rows);
  }

  /** −(x − μ)ᵀ Λ (x − μ) for the nearest μ, N. */
  nearness(features: Float32Array, rows: number): Float32Array {
    const samples = Float64Array.from(features);
    const whitened = this.#whitened(samples);
    const size = samples.length / rows;
    return Float32Array.from(this.best(features, rows), ({ score }, i) => {
      const row = (numbers: Float64Array) => numbers.subarray(i * size, (i + 1) * size);
      return 2 * score - dot(row(samples), row(whitened));
    });
  }

  dispose(): void {
    this.#scores.dispose();
    this.#symmetric.dispose(this.#factor);
  }

  /** Λ · row, for each row. */
  #whitened(rows: Float64Array): Float64Array {
    return this.#symmetric.solve(this.#factor, rows).map((value) => value * this.#scale);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
