/** The weights of a network that knows nothing yet. */
import type { NetworkSpec } from './network.ts';
import { Random } from './random.ts';
import { trainingKindOf } from './training-layer-kinds.ts';

/** Fresh weights for `spec`: the same seed gives the same numbers. */
export function initialWeights(spec: NetworkSpec, seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  spec.layers.forEach((layer, index) => {
    const random = new Random(seed, index);
    for (const [key, values] of trainingKindOf(layer).initialWeights(layer, random)) {
      weights.set(`layers.${index}.${key}`, values);
    }
  });
  return weights;
}
