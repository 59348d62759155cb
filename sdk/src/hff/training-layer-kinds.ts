/** The kinds of layer that can be trained; apart, so that a page that classifies loads none of it. */
import type { LayerSpec } from './layer-spec.ts';
import { trainingDenseKind } from './training-dense-layer.ts';
import type { TrainingLayerKind } from './training-layer.ts';

const trainingKinds: { readonly [Type in LayerSpec['type']]: TrainingLayerKind<LayerSpec> } = {
  dense: trainingDenseKind,
};

export function trainingKindOf(spec: LayerSpec): TrainingLayerKind<LayerSpec> {
  return trainingKinds[spec.type];
}
