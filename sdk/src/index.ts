/** What every entry offers, whatever the platform. */
export type { Backend, Matrix } from './backend/backend.ts';
export type { Convolution, ImageBackend, ImageShape } from './backend/image-backend.ts';
export type { Int8Rows, Numbers } from './backend/numbers.ts';
export type { Classification, LabelScore } from './classification.ts';
export type { ClassifyOptions } from './classifier.ts';
export type { Augmentation } from './data/augmentation.ts';
export type { ImageFit, InputSpec } from './data/input-spec.ts';
export type { PixelImage } from './data/pixel-image.ts';
export type { Sample } from './data/prepare-sample.ts';
export { HffError, type HffErrorCode } from './error.ts';
export {
  type ModelSpec,
  modelNamePattern,
  type StatisticsSpec,
  type TrainingRecord,
} from './format/model-spec.ts';
export type { Storage } from './format/stored-weights.ts';
export type {
  ConvSpec,
  DenseSpec,
  GivenSpec,
  LayerSpec,
  TrainableSpec,
} from './hff/layer-spec.ts';
export type { NetworkSpec } from './hff/network.ts';
export type { ReceptiveFields } from './hff/receptive-fields.ts';
export type { Adaptation } from './learn/adapt.ts';
export type { AdaptOptions, ExemplarOptions } from './learn/adapt-options.ts';
export type { Versions } from './learn/changes-since.ts';
export type { Inspection, LayerVote } from './learn/inspect.ts';
export type { ClassCount, LearnOptions, TaughtOptions } from './learn/teacher.ts';
export { Model } from './model.ts';
export type { ModelEventDetails } from './model-events.ts';
export type { OpenedModel } from './opened-model.ts';
export type { Calibration } from './readout.ts';
export type { ModelSource } from './source-bytes.ts';
export type { Store } from './store/store.ts';
export type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';
export type { SyncOptions } from './sync-model.ts';
