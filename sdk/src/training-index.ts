/** What every entry that trains offers, whatever the engine. */
export type { Dataset } from './data/dataset.ts';
export type { Snapshot } from './format/snapshot.ts';
export { checkpointPlan } from './train/checkpoint.ts';
export type { LayerSize } from './train/design-layers.ts';
export { type DesignOptions, designModel } from './train/design-model.ts';
export type {
  BatchProgress,
  EpochReport,
  LayerProgress,
  TrainEvents,
  TrainOptions,
} from './train/train.ts';
export type { Training } from './train/training.ts';
export type { TrainingPlan } from './train/training-plan.ts';
