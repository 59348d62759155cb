/**
 * `@hff-edge/sdk/node`: classify, train and evaluate in Node.
 * @example
 * import { loadModel, readImage } from '@hff-edge/sdk/node';
 * const model = await loadModel('models/digits/digits.safetensors');
 * const { label, scores } = await model.classify(await readImage('seven.png'));
 * @module @hff-edge/sdk/node
 */
import type { Backend } from './backend/backend.ts';
import { nodeExtraKernels, nodeKernels } from './backend/simd/node-kernels.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import { SimdSymmetric } from './backend/simd/simd-symmetric.ts';
import { SimdTrainingBackend } from './backend/simd/simd-training-backend.ts';
import type { TrainingBackend } from './backend/training-backend.ts';
import { checkDataset } from './data/check-dataset.ts';
import type { Dataset } from './data/dataset.ts';
import type { Snapshot } from './format/snapshot.ts';
import { Model } from './model.ts';
import { importStored, openStored, removeStored } from './open-stored.ts';
import type { OpenedModel } from './opened-model.ts';
import { readBytes } from './read-bytes.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';
import { startNodeThread } from './threads/node-threads.ts';
import { statisticsOn } from './train/add-statistics.ts';
import { alignLabels } from './train/align-labels.ts';
import { type EvaluateOptions, type Evaluation, evaluate } from './train/evaluate.ts';
import { layerPipeline } from './train/layer-pipeline.ts';
import { layersHere } from './train/layers-here.ts';
import type { StartLayers } from './train/learning-layers.ts';
import { Training } from './train/training.ts';
import type { TrainingPlan } from './train/training-plan.ts';

export type { ImageTrainingBackend } from './backend/image-training-backend.ts';
export type { AdamSettings, TrainingBackend } from './backend/training-backend.ts';
export type { DecodeOptions } from './data/decode-options.ts';
export type { ViewOptions } from './data/image-views.ts';
export { limitPerClass } from './data/limit-per-class.ts';
export { type LoadOptions, loadDataset } from './data/load-dataset.ts';
export type { LoadProgress, ReportProgress } from './data/load-path.ts';
export { readImage } from './data/read-image.ts';
export type { SampleShape } from './data/sample-shape.ts';
export type { Split } from './data/split.ts';
export type { NetworkWeights } from './hff/network.ts';
export * from './index.ts';
export { fileStore } from './store/file-store.ts';
export type { EvaluateOptions, Evaluation } from './train/evaluate.ts';
export * from './training-index.ts';

export interface EngineOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

export interface TrainingEngineOptions {
  /** Another engine than our own that can train, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: TrainingBackend;
  /**
   * Whether each layer learns on a thread of its own, on our own engine: faster where there are several
   * cores, and the same model bit by bit. Each thread has an engine's memory.
   */
  readonly pipeline?: boolean;
}

/**
 * Loads a model from a file, an http(s) address, its bytes, or a snapshot fresh from training.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/…`
 */
export async function loadModel(
  source: ModelSource | Snapshot,
  options: EngineOptions = {},
): Promise<Model> {
  const backend = await chooseBackend(options);
  const isSnapshot = typeof source === 'object' && 'spec' in source;
  return Model.load(backend, isSnapshot ? source : await sourceBytes(source, readBytes));
}

/**
 * Opens a model that keeps what it learns, in a folder for instance. What the store has under the name
 * is there again; the first time, the model comes from `source`. Each change is stored before its
 * promise fulfils. Several processes may have it open.
 * @throws HffError `data/not-found` where the store has none and there is no source, `store/…`,
 *   `snapshot/…`, `learn/…`
 * @example
 * const store = fileStore('learned');
 * const model = await openModel('digits', { store, source: 'models/digits/digits.safetensors' });
 * await model.learn(await readImage('lambda.png'), 'lambda');
 */
export async function openModel(
  name: string,
  { store, source, backend }: OpenOptions<ModelSource>,
): Promise<OpenedModel> {
  const bytes = source === undefined ? undefined : () => sourceBytes(source, readBytes);
  return openStored(name, store, await chooseBackend({ backend }), bytes);
}

/**
 * Keeps an exported model, with what it learned, in the place of what the store has under its name.
 * @param bytes of `model.export()`, from this or another device
 */
export async function importModel(
  bytes: Uint8Array | ArrayBuffer,
  { store, name, backend }: ImportOptions,
): Promise<OpenedModel> {
  return importStored(bytes, store, await chooseBackend({ backend }), name);
}

/** Takes a model, and all that it learned, out of the store. */
export async function removeModel(
  name: string,
  { store }: Pick<StoreOptions, 'store'>,
): Promise<void> {
  return removeStored(name, store);
}

/** A training run over `dataset`, not yet started. */
export async function beginTraining(
  dataset: Dataset,
  plan: TrainingPlan,
  options: TrainingEngineOptions = {},
): Promise<Training> {
  return new Training(await chooseLayers(options), dataset, plan);
}

/** A training run taken up from the bytes of `training.checkpoint()`. */
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
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  const symmetric = await SimdSymmetric.start(backend);
  return statisticsOn(backend, symmetric, bytes, dataset, onProgress);
}

/**
 * Accuracy and confusion of a model on a labelled set.
 * @throws HffError `data/labels`, `input/…` when the set does not suit the model, `option/invalid` when
 *   what is no image is to be seen in other ways
 */
export function evaluateModel(
  model: Model,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Evaluation {
  checkDataset(dataset);
  const { labels, scoreLabels } = model;
  const aligned = alignLabels(dataset, scoreLabels, model.input);
  const decide = (inputs: Float32Array, rows: number): Float32Array => model.scores(inputs, rows);
  const evaluation = evaluate(model.network, aligned, model.input, decide, options);
  const sameClasses = labels.every((label, c) => scoreLabels[c] === label);
  return sameClasses ? evaluation : { ...evaluation, layerAccuracies: [] };
}

async function chooseBackend({
  backend,
}: {
  readonly backend?: Backend | undefined;
}): Promise<Backend> {
  return backend ?? new SimdBackend(await nodeKernels(), nodeExtraKernels);
}

async function chooseLayers({ backend, pipeline }: TrainingEngineOptions): Promise<StartLayers> {
  if (pipeline && !backend) return layerPipeline(startNodeThread);
  return layersHere(
    backend ?? new SimdTrainingBackend(await nodeKernels(), await nodeExtraKernels()),
  );
}
