/**
 * An image of any size to the raw values that a model takes: the right channels, size and place.
 * An image that already has the model's width and height is not moved or resized.
 */
import { HffError } from '../error.ts';
import { fitGlyph, inkUp } from './glyph.ts';
import type { InputSpec } from './input-spec.ts';
import { channelsOf, type PixelImage } from './pixel-image.ts';
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

/** Separate planes of `channels` (1 or 3), transparency laid over white. */
function toPlanes(image: PixelImage, channels: number): Plane[] {
  const { width, height, data } = image;
  const stored = channelsOf(image);
  const coloured = stored >= 3;
  const planes = Array.from({ length: channels }, () => new Float32Array(width * height));
  for (let i = 0; i < width * height; i++) {
    const at = i * stored;
    const alpha = stored % 2 === 0 ? (data[at + stored - 1] as number) / 255 : 1;
    const over = (value: number): number => value * alpha + 255 * (1 - alpha);
    const red = data[at] as number;
    const green = coloured ? (data[at + 1] as number) : red;
    const blue = coloured ? (data[at + 2] as number) : red;
    if (channels === 1) {
      (planes[0] as Float32Array)[i] = over(0.299 * red + 0.587 * green + 0.114 * blue);
    } else {
      (planes[0] as Float32Array)[i] = over(red);
      (planes[1] as Float32Array)[i] = over(green);
      (planes[2] as Float32Array)[i] = over(blue);
    }
  }
  return planes.map((values) => ({ width, height, values }));
}

function fitCover(plane: Plane, { width, height }: InputSpec): Plane {
  const scale = Math.min(plane.width / width, plane.height / height);
  const window: Box = {
    left: (plane.width - width * scale) / 2,
    top: (plane.height - height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
  return resample(plane, window, width, height);
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
