/**
 * The numeric operations that only training on images needs: convolution without what follows it,
 * batch normalisation, and gradients.
 *
 * Legend and duties: see `image-backend.ts`.
 */

import type { Convolution, ImageBackend, ImageShape } from './image-backend.ts';
import type { Matrix } from './matrix.ts';

export interface ImageTrainingBackend extends ImageBackend {
  /** Convolution alone: out [N · positions, D]. */
  convolve(out: Matrix, images: Matrix, weight: Matrix, convolution: Convolution): void;
  /**
   * Gradient of {@link convolve} by its weight: out [side² · channels, D].
   * @param gradient ∂L/∂ its result
   */
  convolveGradient(out: Matrix, images: Matrix, gradient: Matrix, convolution: Convolution): void;
  /** Mean and variance [1, D] of each column of a. */
  columnMoments(mean: Matrix, variance: Matrix, a: Matrix): void;
  /** a ← (a − mean) / √(variance + 1e-5), column by column. */
  standardise(a: Matrix, mean: Matrix, variance: Matrix): void;
  /**
   * Gradient through {@link standardise} by the moments of a itself, in place, means over the rows:
   * v ← (v − mean(v) − z mean(v ⊙ z)) / √(variance + 1e-5).
   * @param z the standardised numbers
   */
  standardiseGradient(v: Matrix, z: Matrix, variance: Matrix): void;
  /** out = ReLU(a + bias [1, D]), row by row. */
  biasRelu(out: Matrix, a: Matrix, bias: Matrix): void;
  /**
   * Gradient through {@link maxPool} and a ReLU before it, in the place of the images: a value that is
   * the first largest of its window, and above 0, becomes the window's gradient v, all others 0.
   */
  maxPoolGradient(images: Matrix, pooled: Matrix, v: Matrix, shape: ImageShape, side: number): void;
  /** Gradient through {@link averagePool}: the images' from v, that of its result. */
  averagePoolGradient(out: Matrix, v: Matrix, shape: ImageShape, grid: number): void;
}
