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
