/** One script for all platforms: what it answers is compared between them. */
import { create, HffError, type Prediction } from '@hff-edge/sdk/knn';

export interface Answers {
  readonly predictions: Prediction[];
  /** After a structured clone of the dataset. */
  readonly restored: Prediction;
  readonly counts: Record<string, number>;
  /** Code of the refusal of an input of another size. */
  readonly refused: string;
}

declare global {
  /** For the page. */
  var askClassifier: () => Promise<Answers>;
}

export async function teachAndPredict(): Promise<Answers> {
  const classifier = create();
  const example = (kind: number, i: number): number[] =>
    Array.from({ length: 12 }, (_, at) => Number(at % 3 === kind) + 0.3 * Math.sin(7 * at + i));
  for (let i = 0; i < 30; i++) classifier.addExample(example(i % 3, i), `kind ${i % 3}`);
  const predictions: Prediction[] = [];
  for (let i = 0; i < 6; i++) {
    predictions.push(await classifier.predictClass(example(i % 3, 100 + i)));
  }
  const refused = await classifier
    .predictClass([1, 2])
    .catch((error) => (error instanceof HffError ? error.code : String(error)));
  const other = create();
  other.setClassifierDataset(structuredClone(classifier.getClassifierDataset()));
  classifier.dispose();
  const restored = await other.predictClass(example(0, 100));
  return { predictions, restored, counts: other.getClassExampleCount(), refused: `${refused}` };
}

globalThis.askClassifier = teachAndPredict;
