/**
 * `@hff-edge/sdk/worker` in Cloudflare Workers (workerd): the kernels come in as a module that
 * wrangler compiles at deployment, since workerd compiles none from bytes.
 * @example
 * import { loadModel } from '@hff-edge/sdk/worker';
 * const bytes = await env.MODELS.get('digits', 'arrayBuffer');
 * if (!bytes) throw new Error('KV holds no model "digits"; put one there first.');
 * const model = await loadModel(new Uint8Array(bytes));
 * const { label } = await model.classify(pixels);
 */
import kernels from '../wasm/kernels.wasm';
import type { Backend } from './backend/backend.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';
import { Model } from './model.ts';
import { warmUp as warmUpWith } from './warm-up.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Another engine than our own, for instance that of `@hff-edge/sdk/tfjs`. */
  readonly backend?: Backend;
}

/**
 * Takes the runtime's own work, compiling functions at their first call, out of the first request:
 * call it at module scope, where a Worker's start has a second of time. Nothing depends on it.
 * @example
 * await warmUp();
 * export default { async fetch(request, env) { … } };
 */
export function warmUp(): Promise<void> {
  return warmUpWith(new SimdBackend(kernels));
}

/** @throws HffError `snapshot/…`, `backend/…` */
export async function loadModel(bytes: Uint8Array, options: LoadOptions = {}): Promise<Model> {
  return Model.fromBytes(options.backend ?? new SimdBackend(kernels), bytes);
}
