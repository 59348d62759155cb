/** Layers that have numbers of their own. */
import { HffError } from '../error.ts';
import type { LayerSpec, TrainableSpec } from './layer-spec.ts';

/** @throws HffError `option/invalid` for a layer of features that are made elsewhere */
export function trainable(layer: LayerSpec): TrainableSpec {
  if (layer.type !== 'given') return layer;
  throw new HffError(
    'option/invalid',
    `Model on features of ${layer.of}: expected layers to train, got none. Teach it by learn, or train what makes the features.`,
  );
}
