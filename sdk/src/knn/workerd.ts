/** `@hff-edge/sdk/knn` in Cloudflare Workers: workerd compiles no kernels from bytes. */
import kernels from '../../wasm/kernels.wasm';
import { KNNClassifier } from './knn-classifier.ts';

export { HffError } from '../error.ts';

/** A classifier that knows no classes. */
export function create(): KNNClassifier {
  return new KNNClassifier(() => kernels);
}
