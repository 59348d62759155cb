/** All that decides how a training run goes, besides the samples. */
import type { ModelSpec } from '../format/model-spec.ts';
import type { TrainOptions } from './train.ts';

export interface TrainingPlan {
  /** Spec of the model to train, from `designModel`. */
  readonly spec: ModelSpec;
  readonly options: TrainOptions;
  /**
   * Samples of each class that are learned from, at most, drawn at random by the seed; all where it is
   * missing.
   */
  readonly limit?: number;
  /** Share of the samples held back to choose an epoch by, (0, 0.5]. */
  readonly holdoutShare: number;
  /** Name or path of the data, for the model's training record. */
  readonly data: string;
}
