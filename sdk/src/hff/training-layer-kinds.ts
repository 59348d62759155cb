/** The kinds of layer that can be trained; apart, so that a page that classifies loads none of it. */
import type { LayerSpec, TrainableSpec } from './layer-spec.ts';
import { trainable } from './trainable.ts';
import { trainingConvKind } from './training-conv-layer.ts';
import { trainingDenseKind } from './training-dense-layer.ts';
import type { TrainingLayerKind } from './training-layer.ts';

const trainingKinds = { dense: trainingDenseKind, conv: trainingConvKind } as {
  readonly [Type in TrainableSpec['type']]: TrainingLayerKind<LayerSpec>;
};

/** @throws HffError `option/invalid` for a layer that cannot be trained */
export function trainingKindOf(spec: LayerSpec): TrainingLayerKind<LayerSpec> {
  return trainingKinds[trainable(spec).type];
}
