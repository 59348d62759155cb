/**
 * The bytes of a PNG or JPEG to pixels, in Node and in Workers alike. The size is read from the
 * header and checked before anything is decoded.
 */
import { HffError } from '../error.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import type { DecodeOptions } from './decode-options.ts';
import { decodePng } from './decode-png.ts';
import { readImageHeader } from './image-header.ts';
import type { PixelImage } from './pixel-image.ts';

export { startJpeg } from './decode-jpeg.ts';

/**
 * @returns 8 bits per value: 1 grey, 2 grey and alpha, 3 RGB or 4 RGBA channels, as the file has them
 * @throws HffError `input/image` if the bytes are not a sound PNG or JPEG, `input/too-large` if the
 * image has more than `maxPixels` pixels
 */
export async function decodeImage(
  bytes: Uint8Array,
  { maxPixels = 4096 * 4096 }: DecodeOptions = {},
): Promise<PixelImage> {
  const header = readImageHeader(bytes);
  const { format, width, height } = header;
  if (width * height > maxPixels) {
    throw new HffError(
      'input/too-large',
      `the ${format} has ${width}×${height} pixels, more than ${maxPixels}; send a smaller one`,
    );
  }
  if (header.format === 'JPEG') return decodeJpeg(bytes, header);
  try {
    return decodePng(bytes, header);
  } catch (cause) {
    if (cause instanceof HffError) throw cause;
    throw new HffError('input/image', `the PNG cannot be decoded: ${cause}`, { cause });
  }
}
