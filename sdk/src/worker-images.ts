/**
 * `@hff-edge/sdk/worker-images`, and in Workers `@hff-edge/sdk/images`: pixels of PNG and JPEG files in Cloudflare Workers, which have no
 * decoder of their own. An entry apart, since the decoders are ten times the size of all the rest.
 * @example
 * import { decodeImage } from '@hff-edge/sdk/worker-images';
 * const { label } = await model.classify(await decodeImage(pngBytes));
 * @module @hff-edge/sdk/worker-images
 */
import jpegModule from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import { bytesOf } from './data/bytes-of.ts';
import { decodeImage as decode, startJpeg } from './data/decode-image.ts';
import type { DecodeOptions } from './data/decode-options.ts';
import type { PixelImage } from './data/pixel-image.ts';

export type { DecodeOptions } from './data/decode-options.ts';
export type { PixelImage } from './data/pixel-image.ts';

/**
 * Pixels of a PNG or JPEG.
 * @throws HffError `input/image`, `input/too-large`
 */
export async function decodeImage(
  file: Blob | Uint8Array,
  options: DecodeOptions = {},
): Promise<PixelImage> {
  startJpeg(jpegModule);
  return decode(await bytesOf(file), options);
}
