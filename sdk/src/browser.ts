/**
 * `@hff-edge/sdk` in browsers.
 * @example
 * import { loadModel } from '@hff-edge/sdk';
 * const model = await loadModel('/models/digits.safetensors');
 * const { label, scores } = await model.classify(context.getImageData(0, 0, 280, 280));
 */
import type { Backend } from './backend/backend.ts';
import { browserKernels } from './backend/simd/browser-kernels.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { Model } from './model.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

/**
 * Loads a model from its address or its bytes and starts the engine.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/…`
 */
export async function loadModel(
  source: string | URL | Uint8Array,
  options: LoadOptions = {},
): Promise<Model> {
  const [bytes, backend] = await Promise.all([
    source instanceof Uint8Array ? source : fetchBytes(source),
    options.backend ?? browserKernels().then((kernels) => new SimdBackend(kernels)),
  ]);
  return Model.fromBytes(backend, bytes);
}
