/** Nearest class mean by cosine: the plainest learner there is. */
import type { SimdBackend } from '../../backend/simd/simd-backend.ts';
import type { FeatureLearner, LearnerKind } from '../feature-learner.ts';
import { learnAll } from '../learn-all.ts';
import type { ShownSamples } from '../samples.ts';
import { type BestClass, LinearScores } from './linear-scores.ts';
import { RunningMeans } from './running-means.ts';

export function classMeans(backend: SimdBackend): LearnerKind {
  return {
    name: 'class means',
    note: 'Cosine to the mean of each class.',
    async create({ featureSize, base }) {
      const learner = new ClassMeans(backend, new RunningMeans(featureSize));
      await learnAll(learner, base);
      return learner;
    },
  };
}

class ClassMeans implements FeatureLearner {
  readonly threshold = null;
  readonly #backend: SimdBackend;
  readonly #means: RunningMeans;
  #scores: LinearScores | null = null;

  constructor(backend: SimdBackend, means: RunningMeans) {
    this.#backend = backend;
    this.#means = means;
  }

  learn({ features, labels }: ShownSamples): void {
    const { size } = this.#means;
    labels.forEach((label, row) => {
      this.#means.add(label, features.subarray(row * size, (row + 1) * size));
    });
    this.dispose();
  }

  async classify(features: Float32Array, rows: number): Promise<string[]> {
    const { labels } = this.#means;
    return this.#best(features, rows).map(({ index }) => labels[index] as string);
  }

  /** Cosine to the nearest mean. */
  async familiarity(features: Float32Array, rows: number): Promise<Float32Array> {
    const { size } = this.#means;
    return Float32Array.from(this.#best(features, rows), ({ score }, row) => {
      return score / (length(features.subarray(row * size, (row + 1) * size)) || 1);
    });
  }

  bytes(): number {
    return this.#means.bytes();
  }

  copy(): ClassMeans {
    return new ClassMeans(this.#backend, this.#means.copy());
  }

  /** Lets the scores go; they are made anew when they are needed. */
  dispose(): void {
    this.#scores?.dispose();
    this.#scores = null;
  }

  /** The scores are cosines but for the length of the sample, which decides nothing. */
  #best(features: Float32Array, rows: number): BestClass[] {
    this.#scores ??= new LinearScores(this.#backend, ...directions(this.#means));
    return this.#scores.best(features, rows);
  }
}

function directions(means: RunningMeans): [weights: Float32Array, offsets: Float32Array] {
  const { size } = means;
  const weights = Float32Array.from(means.rows());
  const classes = weights.length / size;
  for (let c = 0; c < classes; c++) {
    const row = weights.subarray(c * size, (c + 1) * size);
    const norm = length(row) || 1;
    for (let i = 0; i < size; i++) row[i] = (row[i] as number) / norm;
  }
  return [weights, new Float32Array(classes)];
}

function length(row: Float32Array): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
}
