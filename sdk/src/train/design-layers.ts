/** From a few numbers to the layers of an untrained model. */
import type { ImageShape } from '../backend/image-backend.ts';
import { imageSize, pooledOf } from '../hff/conv-shape.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { ConvSpec, LayerSpec } from '../hff/layer-spec.ts';

/** Cells of a side of the grid, of the last layer of convolutions and of those before it. */
const [lastGrid, grid] = [2, 4];

const auxiliaryChannels = 128;

/** Units of a dense layer, or the channels of a convolutional one and by what it divides sides: 2 by default. */
export type LayerSize = number | { readonly channels: number; readonly pool?: number };

/**
 * Dense layers, and convolutions of 3 × 3 pixels.
 * @param prototypes of each class
 */
export function designLayers(
  layers: readonly LayerSize[],
  input: ImageShape,
  prototypes: readonly number[],
): LayerSpec[] {
  let image: ImageShape = input;
  const designed: LayerSpec[] = [];
  for (const [index, layer] of layers.entries()) {
    if (typeof layer === 'number') {
      const before = designed.at(-1);
      const inputs = before ? kindOf(before).outputSize(before) : imageSize(input);
      designed.push({ type: 'dense', inputs, units: layer, prototypes });
      continue;
    }
    const isLast = typeof (layers[index + 1] ?? 0) === 'number';
    const conv = convolution(image, layer, isLast ? lastGrid : grid, prototypes);
    image = pooledOf(conv);
    designed.push(conv);
  }
  return designed;
}

function convolution(
  inputs: ImageShape,
  { channels, pool = 2 }: Exclude<LayerSize, number>,
  cells: number,
  prototypes: readonly number[],
): ConvSpec {
  const { width, height } = inputs;
  const side = Math.max(1, Math.floor(Math.min(width, height) / pool));
  return {
    type: 'conv',
    inputs: { width, height, channels: inputs.channels },
    kernel: 3,
    stride: 1,
    padding: 1,
    channels,
    pool,
    grid: Math.min(cells, side),
    aux: auxiliaryChannels,
    prototypes,
  };
}
