/**
 * The numeric operations that images need beside those of `backend.ts`, apart so that a page whose
 * model has no convolution loads none of them.
 *
 * An image is [height, width, channels], a batch of N of them any matrix with N times as many numbers:
 * [N, height · width · channels], or [N · height · width, channels] with a row for each pixel. Results
 * have a row for each sample unless said otherwise.
 *
 * Duties: see `backend.ts`.
 */
import type { Matrix } from './matrix.ts';

export interface ImageShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** A square kernel of side · side pixels, and how it goes over an image. */
export interface Convolution {
  readonly image: ImageShape;
  readonly side: number;
  /** Pixels from one position to the next. */
  readonly stride: number;
  /** Pixels of zeros around the image. */
  readonly padding: number;
  /** Positions of the kernel in a line, and lines of them. */
  readonly across: number;
  readonly down: number;
}

export interface ImageBackend {
  /**
   * Convolution, bias and ReLU: out [N · positions, D], a row for each position of each image.
   * @param weight [side² · channels, D], rows in the order of the kernel's lines, pixels and channels;
   *   may be frozen
   * @param bias [1, D]
   */
  convolveRelu(
    out: Matrix,
    images: Matrix,
    weight: Matrix,
    bias: Matrix,
    convolution: Convolution,
  ): void;
  /**
   * The largest value of each window of side · side pixels, channel by channel; lines and columns that
   * fill no window are left out.
   */
  maxPool(out: Matrix, images: Matrix, shape: ImageShape, side: number): void;
  /**
   * Means over the cells of a grid, out [N · grid², channels], a row for each cell: cell i of a side of
   * n pixels begins at ⌊i n / grid⌋ and ends before ⌈(i + 1) n / grid⌉, so that cells may share pixels.
   */
  averagePool(out: Matrix, images: Matrix, shape: ImageShape, grid: number): void;
  /** The same numbers in so many rows. */
  reshape(matrix: Matrix, rows: number): void;
}
