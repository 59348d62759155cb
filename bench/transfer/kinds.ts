/** Who is compared on the same features, in the order of the tables. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import { classMeans } from '../../sdk/src/continual/learners/class-means.ts';
import { nearestNeighbours } from '../../sdk/src/continual/learners/nearest-neighbours.ts';
import { streamingLda } from '../../sdk/src/continual/learners/streaming-lda.ts';
import type { Learner } from './learner.ts';
import { JointLearner, LayerLearner, SumsLearner } from './model-learner.ts';
import { Rival } from './rival.ts';
import { SoftmaxHead } from './softmax-head.ts';
import { Squared } from './squared.ts';

export interface Kind {
  readonly name: string;
  /** Images of each class that it needs at least; 1 unless said. */
  readonly fewest?: number;
  /** Slow ones decide only so many of the test images, … */
  readonly mostDecisions?: number;
  /** … and see only so many of the draws. */
  readonly mostDraws?: number;
  /** @param classes that it will learn, for those that must know beforehand */
  make(dimensions: number, classes: readonly string[]): Promise<Learner>;
}

export const sums: Kind = {
  name: 'hff-edge: featureModel',
  make: (dimensions) => SumsLearner.make(dimensions),
};

export const sumsOfSquares: Kind = {
  name: 'the same without the square root',
  make: async (dimensions) => new Squared(await SumsLearner.make(dimensions)),
};

/** Holds one of twenty images back to choose the best epoch by, which must leave some of each class. */
export const layer: Kind = {
  name: 'hff-edge: a trained layer of 500',
  fewest: 20,
  make: async () => new LayerLearner(),
};

export const both: Kind = {
  name: 'hff-edge: both, product of probabilities',
  fewest: 20,
  make: async (dimensions) =>
    new JointLearner(await SumsLearner.make(dimensions), new LayerLearner()),
};

export const softmax: Kind = {
  name: 'linear softmax, tfjs, Adam',
  mostDraws: 3,
  make: async (dimensions, classes) => new SoftmaxHead(dimensions, classes),
};

/** The learners of `hff continual`. */
export async function rivals(): Promise<Record<'means' | 'lda' | 'neighbours', Kind>> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  const means = classMeans(backend);
  const lda = streamingLda(await SimdSymmetric.start(backend));
  const neighbours = await nearestNeighbours(1000);
  if (!neighbours) throw new Error('@tensorflow-models/knn-classifier is not installed.');
  return {
    means: { name: 'class means, cosine', make: (size) => Rival.make(means, size) },
    lda: { name: 'streaming LDA', make: (size) => Rival.make(lda, size) },
    neighbours: {
      name: 'knn-classifier, k = 3',
      mostDecisions: 1000,
      mostDraws: 3,
      make: (size) => Rival.make(neighbours, size),
    },
  };
}
