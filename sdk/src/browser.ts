/**
 * `@hff-edge/sdk` in browsers.
 * @example
 * import { loadModel } from '@hff-edge/sdk';
 * const model = await loadModel('/models/digits.safetensors');
 * const { label, scores } = await model.classify(context.getImageData(0, 0, 280, 280));
 * @module @hff-edge/sdk
 */
import type { Backend } from './backend/backend.ts';
import { inlinedEngine } from './inlined-engine.ts';
import { Model } from './model.ts';
import type { OpenedModel } from './opened-model.ts';
import { type ModelSource, sourceBytes } from './source-bytes.ts';
import type { ImportOptions, OpenOptions, StoreOptions } from './store-options.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

/**
 * Loads a model from its address or its bytes and starts the engine.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/…`, `learn/…`
 */
export async function loadModel(source: ModelSource, options: LoadOptions = {}): Promise<Model> {
  const [bytes, backend] = await Promise.all([
    sourceBytes(source),
    options.backend ?? inlinedEngine(),
  ]);
  return Model.load(backend, bytes);
}

/**
 * Opens a model that keeps what it learns, in IndexedDB or another store. What this device knows under
 * the name is there again, without a network; the first time, the model comes from `source`. Each
 * change is stored before its promise fulfils. Several tabs may have it open and learn at once.
 * @throws HffError `data/not-found` where the store has none and there is no source, `store/…`,
 *   `snapshot/…`, `backend/…`, `learn/…`
 * @example
 * const model = await openModel('digits', { source: '/models/digits.safetensors' });
 * await model.learn(context.getImageData(0, 0, 280, 280), 'lambda');
 */
export async function openModel(
  name: string,
  options: Partial<OpenOptions<ModelSource>> = {},
): Promise<OpenedModel> {
  return (await keeping()).openInBrowser(name, options);
}

/**
 * Keeps an exported model, with what it learned, in the place of what the store has under its name.
 * @param bytes of `model.export()`, from this or another device
 */
export async function importModel(
  bytes: Uint8Array | ArrayBuffer,
  options: Partial<ImportOptions> = {},
): Promise<OpenedModel> {
  return (await keeping()).importInBrowser(bytes, options);
}

/** Takes a model, and all that it learned, out of the store. */
export async function removeModel(
  name: string,
  options: Partial<StoreOptions> = {},
): Promise<void> {
  return (await keeping()).removeInBrowser(name, options);
}

/** What keeps models; loaded when it is first needed. */
function keeping(): Promise<typeof import('./open-in-browser.ts')> {
  return import('./open-in-browser.ts');
}
