/** The layers of a model in a few words. */
import type { ModelSpec } from '../node.ts';
import { nameLayer } from './option-parsers.ts';

type LayerSpec = ModelSpec['network']['layers'][number];

/** `784`, or `32×32×3` where the first layer sees an image. */
export function describeInputs([first]: readonly LayerSpec[]): string {
  if (first?.type !== 'conv') return `${first?.inputs}`;
  const { width, height, channels } = first.inputs;
  return `${width}×${height}×${channels}`;
}

/** As `--layers` has it. */
export function describeLayer(layer: LayerSpec): string {
  return nameLayer(layer.type === 'conv' ? layer : layer.units);
}
