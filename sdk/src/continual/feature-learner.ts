/**
 * What a protocol of continual learning asks of a learner: samples in, one batch after the other and
 * each once, and decisions in between. Learners of all kinds see the same samples in the same order.
 *
 * Legend: N samples of a batch, D features, D_in raw values of a sample.
 */
import type { Model } from '../model.ts';
import type { Samples, ShownSamples } from './samples.ts';

export interface FeatureLearner {
  /** Familiarity below which this learner calls a sample unknown; null when it has no such rule. */
  readonly threshold: number | null;
  /** Takes samples in once. New labels are new classes. */
  learn(shown: ShownSamples): void;
  /** A few samples that someone shows, where a learner takes more of them than of many. */
  show?(shown: ShownSamples): void;
  /**
   * The label decided for, N, among those learned.
   * @param features [N, D]
   */
  classify(features: Float32Array, rows: number): Promise<readonly string[]>;
  /** How well samples fit what is known, N; on any scale, higher is more familiar. */
  familiarity(features: Float32Array, rows: number): Promise<Float32Array>;
  /** Probability of each decision, N, 0 to 1, from a learner that knows it. */
  confidence?(features: Float32Array, rows: number): Promise<Float32Array>;
  /** Bytes that must be kept to go on learning. */
  bytes(): number;
  /** A learner of its own that knows what this one knows now. */
  copy(): FeatureLearner;
  dispose(): void;
}

/** What a learner begins with. */
interface LearnerStart {
  /** The frozen network and what it accepts; `extractFeatures` computes features by it. */
  readonly model: Model;
  /** D. */
  readonly featureSize: number;
  /** Samples of the base classes, which a new learner knows already. */
  readonly base: Samples;
}

export interface LearnerKind {
  readonly name: string;
  /** What a reader of the results must know. */
  readonly note?: string;
  /** Slow kinds decide a random subset of so many test samples instead of all. */
  readonly mostDecisions?: number;
  create(start: LearnerStart): Promise<FeatureLearner>;
}
