/**
 * `@hff-edge/sdk/worker` in Cloudflare Workers (workerd): the kernels come in as a module that
 * wrangler compiles at deployment, since workerd compiles none from bytes.
 * @example
 * import { loadModel } from '@hff-edge/sdk/worker';
 * const model = await loadModel(new Uint8Array(await env.MODELS.get('digits', 'arrayBuffer')));
 * const { label } = await model.classify(pixels);
 */
import kernels from '../wasm/kernels.wasm';
import type { Backend } from './backend/backend.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import { Model } from './model.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

/** @throws HffError `snapshot/…`, `backend/…` */
export async function loadModel(bytes: Uint8Array, options: LoadOptions = {}): Promise<Model> {
  return Model.fromBytes(options.backend ?? new SimdBackend(kernels), bytes);
}
