/** `@hff-edge/sdk/images` in Node, Deno, Bun and server rendering. */
import { bytesOf } from './data/bytes-of.ts';
import { decodeImage as decode } from './data/decode-image.ts';
import type { DecodeOptions } from './data/decode-options.ts';
import type { PixelImage } from './data/pixel-image.ts';
import { startNodeJpeg } from './data/read-image.ts';

/** @throws HffError `input/image`, `input/too-large` */
export async function decodeImage(
  file: Blob | Uint8Array,
  options: DecodeOptions = {},
): Promise<PixelImage> {
  await startNodeJpeg();
  return decode(await bytesOf(file), options);
}
