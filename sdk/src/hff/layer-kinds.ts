/**
 * The kinds of layer there are: a new one is a file of its own, a variant of `LayerSpec` and a line
 * in this table; to be trained, also one in `training-layer-kinds.ts`.
 */
import { denseKind } from './dense-layer.ts';
import { givenKind } from './given-layer.ts';
import type { LayerKind } from './layer-kind.ts';
import type { LayerSpec } from './layer-spec.ts';

const layerKinds: { readonly [Type in LayerSpec['type']]: LayerKind<LayerSpec> } = {
  dense: denseKind,
  given: givenKind,
};

export function kindOf(spec: LayerSpec): LayerKind<LayerSpec> {
  return layerKinds[spec.type];
}
