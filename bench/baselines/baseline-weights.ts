/** The weights that a baseline begins with. */
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { kindOf } from '../../sdk/src/hff/layer-kinds.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { trainable } from '../../sdk/src/hff/trainable.ts';

/** By parameter name (`layers.0.weight`). */
export type BaselineWeights = ReadonlyMap<string, Float32Array>;

/** Name of the random stream under the seed. */
const headStream = 2001;

/**
 * Trunks and auxiliary convolutions begin as those of HFF do with the same seed; a linear classifier
 * stands in the place of each layer's prototypes.
 */
export function baselineWeights(spec: NetworkSpec, seed: number): BaselineWeights {
  const weights = initialWeights(spec, seed);
  spec.layers.map(trainable).forEach((layer, index) => {
    const features = kindOf(layer).unitSize(layer);
    const classes = layer.prototypes.length;
    const random = new Random(seed, headStream, index);
    weights.delete(`layers.${index}.prototypes`);
    weights.set(
      `layers.${index}.classifier`,
      random.normals(features * classes, Math.sqrt(1 / features)),
    );
    weights.set(`layers.${index}.intercept`, new Float32Array(classes));
  });
  return weights;
}
