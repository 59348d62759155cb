/**
 * `@hff-edge/sdk/knn`: what `@tensorflow-models/knn-classifier` offers, by the same names, on sums
 * and discriminants in place of stored neighbours (`docs/knn.md`). It imports nothing of tfjs. In
 * workerd this entry is `knn/workerd.ts`.
 * @example
 * import * as knnClassifier from '@hff-edge/sdk/knn';
 * const classifier = knnClassifier.create();
 * classifier.addExample(mobilenet.infer(image, true), 'cat');
 * const { label, confidences } = await classifier.predictClass(mobilenet.infer(other, true));
 * @module @hff-edge/sdk/knn
 */
import { inlinedEngine } from './inlined-engine.ts';
import { KNNClassifier } from './knn/knn-classifier.ts';

export { HffError, type HffErrorCode } from './error.ts';
export type { ClassExamples } from './knn/class-examples.ts';
export type { Prediction } from './knn/decider.ts';
export type { Example, Tensor } from './knn/example.ts';
export type { KNNClassifier } from './knn/knn-classifier.ts';
export type { ExampleTensor, SavedDataset, StoredExamples } from './knn/read-dataset.ts';
export type { Folded } from './learn/moments.ts';

/** A classifier that knows no classes. Its engine starts with the first prediction. */
export function create(): KNNClassifier {
  // Inlined kernels serve Node as well: it has all that browsers unpack them with.
  return new KNNClassifier(inlinedEngine);
}
