/** `@hff-edge/sdk/knn` in Cloudflare Workers: workerd compiles no kernels from bytes. */
import extraKernels from '../../wasm/extra.wasm';
import kernels from '../../wasm/kernels.wasm';
import { SimdBackend } from '../backend/simd/simd-backend.ts';
import { KNNClassifier } from './knn-classifier.ts';

export { HffError } from '../error.ts';

/** A classifier that knows no classes. */
export function create(): KNNClassifier {
  return new KNNClassifier(async () => new SimdBackend(kernels, async () => extraKernels));
}
