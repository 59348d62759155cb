/** The shapes of images on their way through a convolutional layer, and of its parameters. */
import type { Convolution, ImageShape } from '../backend/image-backend.ts';
import type { ConvSpec } from './layer-spec.ts';
import { prototypeCount } from './prototypes.ts';

export function convolutionOf({ inputs, kernel, stride, padding }: ConvSpec): Convolution {
  const along = (length: number): number =>
    Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const [across, down] = [along(inputs.width), along(inputs.height)];
  return { image: inputs, side: kernel, stride, padding, across, down };
}

/** What the kernel makes of an image. */
export function mapOf(spec: ConvSpec): ImageShape {
  const { across, down } = convolutionOf(spec);
  return { width: across, height: down, channels: spec.channels };
}

/** What is handed on. */
export function pooledOf(spec: ConvSpec): ImageShape {
  const { width, height, channels } = mapOf(spec);
  const pooled = (side: number): number => Math.floor(side / spec.pool);
  return { width: pooled(width), height: pooled(height), channels };
}

export function imageSize({ width, height, channels }: ImageShape): number {
  return width * height * channels;
}

/** D of the unit features. */
export function unitSize({ grid, aux }: ConvSpec): number {
  return grid * grid * aux;
}

/** Shape of each parameter, in the order of storage. */
export function convShapes(spec: ConvSpec): Map<string, readonly number[]> {
  const { inputs, kernel, channels, aux, prototypes } = spec;
  return new Map([
    ['weight', [kernel * kernel * inputs.channels, channels]],
    ['bias', [channels]],
    ['aux', [channels, aux]],
    ['prototypes', [prototypeCount(prototypes), unitSize(spec)]],
  ]);
}
