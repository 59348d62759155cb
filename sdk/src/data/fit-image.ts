/**
 * An image of any size to the raw values that a model takes: the right channels, size and place.
 * An image that already has the model's width and height is not moved or resized.
 */
import { HffError } from '../error.ts';
import { fitGlyph, inkUp } from './glyph.ts';
import type { InputSpec } from './input-spec.ts';
import { channelsOf, type PixelImage, valueOverWhite } from './pixel-image.ts';
import { type Box, type Plane, resample } from './resample.ts';

/**
 * @param where names the image in messages
 * @returns width · height · channels values from 0 to 255
 * @throws HffError `input/shape` when the image contradicts itself or the model takes no images
 */
export function fitImage(image: PixelImage, spec: InputSpec, where: string): Float32Array {
  checkImage(image, where);
  const { fit } = spec;
  if (!fit) {
    throw new HffError(
      'input/shape',
      `${where}: got an image, but this model takes ${spec.width} numbers per sample. Hand in an array.`,
    );
  }
  const planes = toPlanes(image, spec.channels);
  const same = image.width === spec.width && image.height === spec.height;
  const fitted = planes.map((plane) => {
    if (fit.mode === 'glyph') return same ? inkUp(plane) : fitGlyph(plane, spec, fit.box);
    return same ? plane : fitCover(plane, spec);
  });
  return interleave(fitted);
}

function checkImage(image: PixelImage, where: string): void {
  const { width, height, data } = image;
  const channels = channelsOf(image);
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || !Number.isInteger(channels) || channels < 1 || channels > 4) {
    throw new HffError(
      'input/shape',
      `${where}: expected an image with 1 to 4 values per pixel, got ${data?.length} values for ${width}×${height} pixels.`,
    );
  }
}

/**
 * Separate planes of `channels` (1 or 3), transparency laid over white: white ink on a transparent
 * canvas is lost.
 */
function toPlanes(image: PixelImage, channels: number): Plane[] {
  const { width, height } = image;
  const stored = channelsOf(image);
  const value = (pixel: number, channel: number): number =>
    valueOverWhite(image, stored, pixel, channel);
  return Array.from({ length: channels }, (_, channel) => {
    const values = new Float32Array(width * height);
    for (let i = 0; i < values.length; i++) {
      values[i] =
        channels === 1
          ? 0.299 * value(i, 0) + 0.587 * value(i, 1) + 0.114 * value(i, 2)
          : value(i, channel);
    }
    return { width, height, values };
  });
}

function fitCover(plane: Plane, { width, height }: InputSpec): Plane {
  const scale = Math.min(plane.width / width, plane.height / height);
  const window: Box = {
    left: (plane.width - width * scale) / 2,
    top: (plane.height - height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
  return resample(plane, window, width, height, 1);
}

function interleave(planes: readonly Plane[]): Float32Array {
  const first = planes[0] as Plane;
  if (planes.length === 1) return first.values;
  const out = new Float32Array(first.values.length * planes.length);
  planes.forEach(({ values }, channel) => {
    values.forEach((value, i) => {
      out[i * planes.length + channel] = value;
    });
  });
  return out;
}
