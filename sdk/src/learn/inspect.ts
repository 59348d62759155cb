/**
 * Where a sample and the classes lie on the spheres of the layers, to be shown to people; loaded when
 * it is first asked for. Decisions are the head's (`readout.ts`), which weighs all layers at once.
 */
import type { LabelScore } from '../classification.ts';
import type { Network } from '../hff/network.ts';
import type { ClassMean } from './class-mean.ts';
import type { Learning } from './learning.ts';

/** What a layer by itself would say. */
export interface LayerVote {
  /** The class whose mean is nearest on the layer's sphere. */
  readonly label: string;
  /** Cosine to the mean of each class, −1 to 1, best first. */
  readonly scores: readonly LabelScore[];
}

/** Legend: D features, units of all layers that learning goes by, side by side. */
export interface Inspection {
  /** Unit activations of the sample, [D]. */
  readonly features: Float32Array;
  /** One vote for each of the layers that learning goes by, the first layer first. */
  readonly layers: readonly LayerVote[];
  /** All classes with their mean features, [D]. */
  readonly classes: readonly { readonly label: string; readonly mean: Float32Array }[];
}

/** @param input one standardised sample */
export function inspect(learning: Learning, network: Network, input: Float32Array): Inspection {
  const features = network.features(input, 1);
  const classes = learning.learner.classMeans();
  const layers: LayerVote[] = [];
  let start = 0;
  for (const index of network.spec.features ?? network.layers.keys()) {
    const end = start + (network.layers[index]?.unit.columns ?? 0);
    layers.push(voteOf(features, classes, start, end));
    start = end;
  }
  return {
    features,
    layers,
    classes: classes.map(({ label, mean }) => ({ label, mean: Float32Array.from(mean) })),
  };
}

function voteOf(
  features: Float32Array,
  classes: readonly ClassMean[],
  start: number,
  end: number,
): LayerVote {
  const own = features.subarray(start, end);
  const scores = classes
    .map(({ label, mean }) => ({ label, score: cosine(own, mean.subarray(start, end)) }))
    .sort((a, b) => b.score - a.score);
  return { label: scores[0]?.label as string, scores };
}

/** 0 where one of them is zero. */
function cosine(a: Float32Array, b: Float64Array): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return product / (Math.sqrt(squareA * squareB) || 1);
}
