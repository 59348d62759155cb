/** Pixels as decoders and canvases give them. A browser's `ImageData` is one. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  /** width · height · channels values from 0 to 255, row by row, channels interleaved. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA: told by the number of values per pixel. */
export function channelsOf(image: PixelImage): number {
  return image.data.length / (image.width * image.height);
}

/**
 * One channel of one pixel, laid over white where it is transparent.
 * @param channel 0 red, 1 green, 2 blue; an image without colour gives its grey for each
 */
export function valueOverWhite(
  { data }: PixelImage,
  stored: number,
  pixel: number,
  channel: number,
): number {
  const at = pixel * stored;
  const value = data[at + (stored >= 3 ? channel : 0)] as number;
  const alpha = stored % 2 === 0 ? (data[at + stored - 1] as number) / 255 : 1;
  return value * alpha + 255 * (1 - alpha);
}
