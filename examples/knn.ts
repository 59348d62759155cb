/** What an application of `@tensorflow-models/knn-classifier` does; only the import is another. */
import * as knnClassifier from '@hff-edge/sdk/knn';

/** In place of `net.infer(image, true)`: features of an image, as a tensor or as numbers. */
const features = (redness: number): number[] =>
  Array.from({ length: 64 }, (_, i) => Math.exp(-(((i - 64 * redness) / 10) ** 2)));

const classifier = knnClassifier.create();
for (const redness of [0.9, 0.8, 0.95]) classifier.addExample(features(redness), 'tomato');
for (const redness of [0.1, 0.2, 0.05]) classifier.addExample(features(redness), 'cucumber');

const { label, confidences } = await classifier.predictClass(features(0.85));
console.log(label, confidences);

const saved = Object.entries(classifier.getClassifierDataset()).map(
  ([name, data]) => [name, Array.from(data.dataSync()), data.shape] as const,
);
console.log(JSON.stringify(saved).length, 'bytes to keep');
