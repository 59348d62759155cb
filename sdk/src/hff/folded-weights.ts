/** From the numbers of a network in training to those of the model that it becomes. */
import type { NetworkSpec } from './network.ts';
import { trainingKindOf } from './training-layer-kinds.ts';

export function foldedWeights(
  { layers }: NetworkSpec,
  weights: ReadonlyMap<string, Float32Array>,
): Map<string, Float32Array> {
  const folded = new Map<string, Float32Array>();
  layers.forEach((layer, index) => {
    const kind = trainingKindOf(layer);
    const own = [...kind.shapes(layer).keys()].map((key): [string, Float32Array] => [
      key,
      weights.get(`layers.${index}.${key}`) as Float32Array,
    ]);
    for (const [key, values] of kind.fold(new Map(own))) {
      folded.set(`layers.${index}.${key}`, values);
    }
  });
  return folded;
}
