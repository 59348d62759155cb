/**
 * The kinds of layer there are: a new one is a file of its own, a variant of `LayerSpec` and a line
 * in this table; to be trained, also one in `training-layer-kinds.ts`.
 */
import type { Backend } from '../backend/backend.ts';
import { convKind, loadConvLayers } from './conv-kind.ts';
import { denseKind } from './dense-layer.ts';
import { givenKind } from './given-layer.ts';
import type { LayerKind } from './layer-kind.ts';
import type { LayerSpec } from './layer-spec.ts';

const layerKinds = { dense: denseKind, conv: convKind, given: givenKind } as {
  readonly [Type in LayerSpec['type']]: LayerKind<LayerSpec>;
};

export function kindOf(spec: LayerSpec): LayerKind<LayerSpec> {
  return layerKinds[spec.type];
}

/**
 * Loads what a network of these layers needs beyond dense ones, before it is created.
 * @throws HffError `backend/unavailable`
 */
export async function prepareLayers(
  backend: Backend,
  { layers }: { readonly layers: readonly LayerSpec[] },
): Promise<void> {
  if (layers.every(({ type }) => type !== 'conv')) return;
  await Promise.all([backend.loadImages(), loadConvLayers()]);
}
