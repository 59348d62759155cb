/**
 * `@hff-edge/sdk/images`: pixels of image files, by the same call everywhere. Browsers decode what they
 * can show; Node and Workers, which have no decoder, take PNG and JPEG by one that this entry brings
 * there.
 * @example
 * import { decodeImage } from '@hff-edge/sdk/images';
 * const { label } = await model.classify(await decodeImage(input.files[0]));
 * @module @hff-edge/sdk/images
 */
import type { DecodeOptions } from './data/decode-options.ts';
import type { PixelImage } from './data/pixel-image.ts';
import { HffError } from './error.ts';

export type { DecodeOptions } from './data/decode-options.ts';
export type { PixelImage } from './data/pixel-image.ts';

/**
 * Pixels of an image file, upright.
 * @param file it, or its bytes
 * @throws HffError `input/image`, `input/too-large`
 */
export async function decodeImage(
  file: Blob | Uint8Array,
  { maxPixels = 4096 * 4096 }: DecodeOptions = {},
): Promise<PixelImage> {
  const bitmap = await bitmapOf(file);
  try {
    const { width, height } = bitmap;
    if (width * height > maxPixels) {
      throw new HffError(
        'input/too-large',
        `the image has ${width}×${height} pixels, more than ${maxPixels}; use a smaller one`,
      );
    }
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('This browser gives no canvas to draw on.');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}

async function bitmapOf(file: Blob | Uint8Array): Promise<ImageBitmap> {
  try {
    const blob = file instanceof Blob ? file : new Blob([new Uint8Array(file)]);
    // Numbers as the file has them, as other platforms read them.
    return await createImageBitmap(blob, { colorSpaceConversion: 'none' });
  } catch (cause) {
    throw new HffError('input/image', `the file cannot be decoded as an image: ${cause}`, {
      cause,
    });
  }
}
