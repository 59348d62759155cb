/** Trunk and head of a layer, from its spec and a network's weights. */
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import type { LayerSpec } from '../../sdk/src/hff/layer-spec.ts';
import { trainable } from '../../sdk/src/hff/trainable.ts';
import type { BaselineWeights } from './baseline-weights.ts';
import { ConvHead } from './conv-head.ts';
import { ConvTrunk } from './conv-trunk.ts';
import { DenseTrunk } from './dense-trunk.ts';
import type { Head } from './head.ts';
import { LinearHead } from './linear-head.ts';
import type { Trunk } from './trunk.ts';

export function createTrunk(
  backend: TrainingBackend,
  index: number,
  spec: LayerSpec,
  weights: BaselineWeights,
): Trunk {
  const layer = trainable(spec);
  const [name, own] = partOf(index, weights);
  if (layer.type === 'conv') return new ConvTrunk(backend, name, layer, own);
  return new DenseTrunk(backend, name, layer, own);
}

export function createHead(
  backend: TrainingBackend,
  index: number,
  spec: LayerSpec,
  weights: BaselineWeights,
): Head {
  const layer = trainable(spec);
  const [name, own] = partOf(index, weights);
  if (layer.type === 'conv') return new ConvHead(backend, name, layer, own);
  return new LinearHead(backend, name, own, layer.units, layer.prototypes.length);
}

function partOf(index: number, weights: BaselineWeights): [name: string, own: LayerWeights] {
  const name = `layers.${index}`;
  const own = [...weights].filter(([key]) => key.startsWith(`${name}.`));
  return [name, new Map(own.map(([key, numbers]) => [key.slice(name.length + 1), numbers]))];
}
