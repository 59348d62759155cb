/**
 * k-nearest neighbours by the package `@tensorflow-models/knn-classifier`, with its own k = 3 by
 * cosine. Package and tfjs are no dependencies of the SDK: where they are not installed, this kind
 * of learner is not there.
 */
import type { LearnerKind } from '../feature-learner.ts';
import { learnAll } from '../learn-all.ts';
import type { MakeClassifier } from './neighbour-classifier.ts';

/**
 * The package joins its classes one by one and holds every stage of that until it is done, which
 * grows with the square of the classes and leaves the 2 GiB of tfjs's memory.
 */
const mostPerClass = 2000;

/**
 * @param mostDecisions each takes milliseconds, so a random subset of the test samples must do
 * @returns null when a package is missing
 */
export async function nearestNeighbours(mostDecisions: number): Promise<LearnerKind | null> {
  const makeClassifier = await start();
  if (!makeClassifier) return null;
  return {
    name: 'k-nearest neighbours',
    note: `@tensorflow-models/knn-classifier, k = 3, on tfjs (wasm). Keeps the first ${mostPerClass} samples of a class. Unknown by the share of neighbours that agree.`,
    mostDecisions,
    async create({ featureSize, base }) {
      const learner = makeClassifier(featureSize);
      await learnAll(learner, base);
      return learner;
    },
  };
}

async function start(): Promise<MakeClassifier | null> {
  try {
    const { startClassifiers } = await import('./neighbour-classifier.ts');
    return await startClassifiers(mostPerClass);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw cause;
  }
}
