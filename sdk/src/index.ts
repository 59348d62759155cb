/** What every entry offers, whatever the platform. */
export type { Backend } from './backend/backend.ts';
export type { Classification, LabelScore } from './classification.ts';
export type { ClassifyOptions } from './classifier.ts';
export type { ImageFit, InputSpec } from './data/input-spec.ts';
export type { PixelImage } from './data/pixel-image.ts';
export type { Sample } from './data/prepare-sample.ts';
export { HffError, type HffErrorCode } from './error.ts';
export { type ModelSpec, modelNamePattern, type TrainingRecord } from './format/model-spec.ts';
export type { Storage } from './format/stored-weights.ts';
export type { Adaptation } from './learn/adapt.ts';
export type { AdaptOptions, ExemplarOptions } from './learn/adapt-options.ts';
export type { Versions } from './learn/changes-since.ts';
export type { ClassCount, TaughtOptions } from './learn/teacher.ts';
export { type LearnOptions, Model } from './model.ts';
export type { ModelEventDetails } from './model-events.ts';
export type { OpenedModel } from './opened-model.ts';
export type { Store } from './store/store.ts';
export type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';
