/** The layers of a model in a few words. */
import type { LayerSize, ModelSpec } from '../node.ts';

type LayerSpec = ModelSpec['network']['layers'][number];

/** `784`, or `32×32×3` where the first layer sees an image. */
export function describeInputs([first]: readonly LayerSpec[]): string {
  if (first?.type !== 'conv') return `${first?.inputs}`;
  const { width, height, channels } = first.inputs;
  return `${width}×${height}×${channels}`;
}

export function describeLayer(layer: LayerSpec): string {
  return nameLayer(layer.type === 'conv' ? layer : layer.units);
}

/** As `--layers` has it. */
export function nameLayer(layer: LayerSize): string {
  if (typeof layer === 'number') return `${layer}`;
  const { channels, pool = 2 } = layer;
  return pool === 2 ? `conv:${channels}` : `conv:${channels}:${pool}`;
}
