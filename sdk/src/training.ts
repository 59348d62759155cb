/**
 * `@hff-edge/sdk/training`: base training in browsers, on our own engine, with the names of
 * `@hff-edge/sdk/node`. With `pipeline`, each layer learns in a web worker of its own.
 * @example
 * import { addStatistics, beginTraining, loadModel } from '@hff-edge/sdk/training';
 * const training = await beginTraining(dataset, plan, { pipeline: true });
 * await training.run({ onEpoch: ({ holdoutAccuracy }) => console.log(holdoutAccuracy) });
 * const trained = await loadModel(training.best());
 * const model = await loadModel(await addStatistics(await trained.export('int8'), dataset));
 * @module @hff-edge/sdk/training
 */
import { inlinedExtraKernels, inlinedKernels } from './backend/simd/inlined-kernels.ts';
import { SimdSymmetric } from './backend/simd/simd-symmetric.ts';
import { SimdTrainingBackend } from './backend/simd/simd-training-backend.ts';
import type { Dataset } from './data/dataset.ts';
import type { Snapshot } from './format/snapshot.ts';
import { inlinedEngine } from './inlined-engine.ts';
import { Model } from './model.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import { startWebThread } from './threads/web-threads.ts';
import { statisticsOn } from './train/add-statistics.ts';
import { layerPipeline } from './train/layer-pipeline.ts';
import { layersHere } from './train/layers-here.ts';
import type { StartLayers } from './train/learning-layers.ts';
import { Training } from './train/training.ts';
import type { TrainingPlan } from './train/training-plan.ts';

export * from './index.ts';
export * from './training-index.ts';

export interface TrainingEngineOptions {
  /**
   * Whether each layer learns in a web worker of its own: faster where there are several cores, and the
   * same model bit by bit. Each has an engine's memory. The bundler must know
   * `new Worker(new URL(…, import.meta.url))`, as Vite and webpack do.
   */
  readonly pipeline?: boolean;
}

/**
 * A training run over `dataset`, not yet started.
 * @throws HffError `backend/unavailable`, `option/invalid`, `data/…` or `input/shape`
 */
export async function beginTraining(
  dataset: Dataset,
  plan: TrainingPlan,
  options: TrainingEngineOptions = {},
): Promise<Training> {
  return new Training(await chooseLayers(options), dataset, plan);
}

/** A training run taken up from the bytes of `training.checkpoint()`, of any entry. */
export async function resumeTraining(
  dataset: Dataset,
  checkpoint: Uint8Array,
  options: TrainingEngineOptions = {},
): Promise<Training> {
  return Training.resume(await chooseLayers(options), dataset, checkpoint);
}

/**
 * Gives a model the head and the statistics on which it learns where it runs. They belong to the
 * layers as they are stored: a model that is to be int8 must be so before.
 * @param bytes of the model
 * @param dataset the samples that it was trained on; the part held back then calibrates it now
 * @param onProgress hears the share of samples that are done, 0 to 1
 * @throws HffError `snapshot/…`, `data/labels` for a class without samples, `input/…`
 */
export async function addStatistics(
  bytes: Uint8Array,
  dataset: Dataset,
  onProgress?: (share: number) => void,
): Promise<Snapshot> {
  const backend = await inlinedEngine();
  const symmetric = await SimdSymmetric.start(backend);
  return statisticsOn(backend, symmetric, bytes, dataset, onProgress);
}

/**
 * Loads a model from its address, its bytes, or a snapshot fresh from training.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/…`
 */
export async function loadModel(source: ModelSource | Snapshot): Promise<Model> {
  const isSnapshot = typeof source === 'object' && 'spec' in source;
  return Model.load(await inlinedEngine(), isSnapshot ? source : await sourceBytes(source));
}

async function chooseLayers({ pipeline }: TrainingEngineOptions): Promise<StartLayers> {
  if (pipeline) return layerPipeline(startWebThread);
  return layersHere(new SimdTrainingBackend(await inlinedKernels(), await inlinedExtraKernels()));
}
