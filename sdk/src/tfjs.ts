/**
 * `@hff-edge/sdk/tfjs`: HFF on tfjs, for batch training on a GPU and for tfjs models as frozen
 * feature extractors. It computes on whatever backend tfjs has active: webgpu, webgl, wasm or cpu.
 * @example
 * import '@tensorflow/tfjs-backend-webgl';
 * import { beginTraining } from '@hff-edge/sdk/tfjs';
 * const training = await beginTraining(dataset, plan);
 * await training.run();
 * @module @hff-edge/sdk/tfjs
 */
import { tfjsBackend } from './backend/tfjs/active-backend.ts';
import type { Dataset } from './data/dataset.ts';
import { layersHere } from './train/layers-here.ts';
import { Training } from './train/training.ts';
import type { TrainingPlan } from './train/training-plan.ts';

export { tfjsBackend } from './backend/tfjs/active-backend.ts';
export { startTfjs } from './backend/tfjs/start-tfjs.ts';
export type { AdamSettings, TrainingBackend } from './backend/training-backend.ts';
export type { NetworkWeights } from './hff/network.ts';
export * from './index.ts';
export { type Backbone, tfjsBackbone } from './tfjs/backbone.ts';
export type { BackboneOptions } from './tfjs/backbone-options.ts';
export type { FeatureModel, Outputs } from './tfjs/feature-model.ts';
export * from './training-index.ts';

/**
 * A training run over `dataset`, not yet started.
 * @experimental
 * @throws HffError `backend/unavailable`, `option/invalid`, `data/…` or `input/shape`
 */
export async function beginTraining(dataset: Dataset, plan: TrainingPlan): Promise<Training> {
  return new Training(layersHere(await tfjsBackend()), dataset, plan);
}

/**
 * A training run taken up from the bytes of `training.checkpoint()`, of any engine.
 * @experimental
 */
export async function resumeTraining(dataset: Dataset, checkpoint: Uint8Array): Promise<Training> {
  return Training.resume(layersHere(await tfjsBackend()), dataset, checkpoint);
}
