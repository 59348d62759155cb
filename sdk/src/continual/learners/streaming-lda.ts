/**
 * Streaming linear discriminant analysis (Hayes and Kanan 2020): a running mean per class and one
 * running covariance within classes, shared by all of them.
 *
 * Legend: t samples learned, Σ covariance, Λ = ((1 − ε) Σ + ε I)⁻¹, C classes, D features.
 */
import type { SimdSymmetric } from '../../backend/simd/simd-symmetric.ts';
import type { SymmetricMatrix } from '../../backend/symmetric.ts';
import type { FeatureLearner, LearnerKind } from '../feature-learner.ts';
import { learnAll } from '../learn-all.ts';
import type { ShownSamples } from '../samples.ts';
import { Discriminant } from './discriminant.ts';
import { RunningMeans } from './running-means.ts';

export function streamingLda(symmetric: SimdSymmetric): LearnerKind {
  return {
    name: 'streaming LDA',
    note: 'Hayes and Kanan 2020, ε = 1e-4; unknown by Mahalanobis distance to the nearest class.',
    async create({ featureSize, base }) {
      const learner = new StreamingLda(symmetric, new RunningMeans(featureSize));
      await learnAll(learner, base);
      return learner;
    },
  };
}

class StreamingLda implements FeatureLearner {
  readonly threshold = null;
  readonly #symmetric: SimdSymmetric;
  readonly #means: RunningMeans;
  /** t Σ. */
  readonly #scatter: SymmetricMatrix;
  #learned: number;
  #discriminant: Discriminant | null = null;

  constructor(symmetric: SimdSymmetric, means: RunningMeans, from?: StreamingLda) {
    this.#symmetric = symmetric;
    this.#means = means;
    this.#scatter = this.#symmetric.matrix(means.size);
    if (from) this.#symmetric.copy(this.#scatter, from.#scatter);
    this.#learned = from ? from.#learned : 0;
  }

  /** (t + 1) Σ' = t Σ + t / (t + 1) · d dᵀ, where d is the sample less its class's mean before it. */
  learn({ features, labels }: ShownSamples): void {
    const { size } = this.#means;
    const deviations = new Float64Array(features.length);
    labels.forEach((label, row) => {
      const sample = features.subarray(row * size, (row + 1) * size);
      const mean = this.#means.get(label)?.mean;
      const factor = Math.sqrt(this.#learned / (this.#learned + 1));
      // The first sample of a class is its mean and deviates from nothing.
      for (let i = 0; mean && i < size; i++) {
        deviations[row * size + i] = factor * ((sample[i] as number) - (mean[i] as number));
      }
      this.#means.add(label, sample);
      this.#learned++;
    });
    this.#symmetric.addOuter(this.#scatter, deviations, 1);
    this.#forgetDiscriminant();
  }

  async classify(features: Float32Array, rows: number): Promise<string[]> {
    const { labels } = this.#means;
    return this.#current()
      .best(features, rows)
      .map(({ index }) => labels[index] as string);
  }

  /** Less the squared Mahalanobis distance to the nearest mean. */
  async familiarity(features: Float32Array, rows: number): Promise<Float32Array> {
    return this.#current().nearness(features, rows);
  }

  bytes(): number {
    const { size } = this.#means;
    const triangle = ((size * (size + 1)) / 2) * Float64Array.BYTES_PER_ELEMENT;
    return triangle + this.#means.bytes();
  }

  copy(): StreamingLda {
    return new StreamingLda(this.#symmetric, this.#means.copy(), this);
  }

  dispose(): void {
    this.#forgetDiscriminant();
    this.#symmetric.dispose(this.#scatter);
  }

  #current(): Discriminant {
    this.#discriminant ??= new Discriminant(
      this.#symmetric,
      this.#scatter,
      this.#learned,
      this.#means.rows(),
    );
    return this.#discriminant;
  }

  #forgetDiscriminant(): void {
    this.#discriminant?.dispose();
    this.#discriminant = null;
  }
}
