/**
 * What a model accepts: raw values in their natural range, for instance grey values 0 to 255. The
 * preprocessing belongs to the model and is stored with it, so no user has to know it.
 */

/** How an image of another size is brought to the model's size. */
export type ImageFit =
  /** The largest centred crop of the right shape, averaged down: for photos. */
  | { readonly mode: 'cover' }
  /**
   * As MNIST was made: ink made bright on dark, cropped to its bounding box, scaled to fit a square
   * of `box` pixels, centred by mass: for handwriting.
   */
  | { readonly mode: 'glyph'; readonly box: number };

export interface InputSpec {
  /** Pixels per row; for data that are no images, the number of features. */
  readonly width: number;
  /** Pixel rows; 1 for data that are no images. */
  readonly height: number;
  /** 1 for grey values, 3 for red, green, blue, interleaved. */
  readonly channels: number;
  /** Smallest and largest value accepted, or null where values are not bounded. */
  readonly range: readonly [number, number] | null;
  /** Subtracted from each value: one number for all, one per channel or one per value. */
  readonly mean: readonly number[];
  /** Divides each value after that, > 0; counted like `mean`. */
  readonly deviation: readonly number[];
  /** How images are fitted, or null for data that are no images. */
  readonly fit: ImageFit | null;
}

/** Number of values of one input. */
export function inputSize({ width, height, channels }: InputSpec): number {
  return width * height * channels;
}
