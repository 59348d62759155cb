/** The kinds of layer that can be trained; apart, so that a page that classifies loads none of it. */
import type { LayerSpec } from './layer-spec.ts';
import { trainingConvKind } from './training-conv-layer.ts';
import { trainingDenseKind } from './training-dense-layer.ts';
import type { TrainingLayerKind } from './training-layer.ts';

const trainingKinds = { dense: trainingDenseKind, conv: trainingConvKind } as {
  readonly [Type in LayerSpec['type']]: TrainingLayerKind<LayerSpec>;
};

export function trainingKindOf(spec: LayerSpec): TrainingLayerKind<LayerSpec> {
  return trainingKinds[spec.type];
}
