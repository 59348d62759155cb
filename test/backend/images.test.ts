/** Operations on images of every shape, against plain loops. */
import { beforeAll, describe, it } from 'vitest';
import type { Convolution, ImageShape } from '../../sdk/src/backend/image-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { agree, engines } from './engines.ts';

/** Destination before its shape is known. */
const any = [1, 1] as const;

const shapes: ImageShape[] = [
  [1, 1, 1],
  [2, 1, 3],
  [1, 5, 4],
  [3, 3, 1],
  [4, 4, 2],
  [5, 4, 3],
  [4, 7, 5],
  [8, 8, 4],
  [7, 11, 1],
  [6, 5, 9],
  [5, 5, 33],
].map(([width = 1, height = 1, channels = 1]) => ({ width, height, channels }));

function convolution(
  image: ImageShape,
  side: number,
  stride: number,
  padding: number,
): Convolution {
  const along = (length: number) => Math.floor((length + 2 * padding - side) / stride) + 1;
  const [across, down] = [along(image.width), along(image.height)];
  return { image, side, stride, padding, across, down };
}

/** All kernels up to 5 · 5 that fit somewhere into the image. */
function convolutionsOn(image: ImageShape): Convolution[] {
  return [1, 2, 3, 5]
    .flatMap((side) =>
      [1, 2, 3].flatMap((stride) =>
        [0, 1, side - 1].map((padding) => convolution(image, side, stride, padding)),
      ),
    )
    .filter(({ across, down, padding, side }) => padding < side && across > 0 && down > 0);
}

describe.each(engines)('%s', (_, start) => {
  let backend: TrainingBackend;

  beforeAll(async () => {
    backend = await start();
  });

  describe.each(shapes)('image of $width × $height × $channels', (shape) => {
    const { width, height, channels } = shape;
    const size = width * height * channels;

    it('convolution and its gradient', () => {
      for (const each of convolutionsOn(shape)) {
        const { across, down, side } = each;
        const inputs = side ** 2 * channels;
        for (const [n, units] of [
          [1, 5],
          [3, 8],
        ] as const) {
          const gradient = [n * across * down, units] as const;
          agree(
            backend,
            [any, any, any, [n, size], [inputs, units], [1, units], gradient],
            (e, out, sums, weightGradient, x, weight, bias, v) => {
              e.images.convolveRelu(out, x, weight, bias, each);
              e.images.convolve(sums, x, weight, each);
              e.images.convolveGradient(weightGradient, x, v, each);
            },
          );
        }
      }
    });

    it('pooling and its gradients', () => {
      for (const side of [1, 2, 3].filter((s) => s <= Math.min(width, height))) {
        const windows = Math.floor(width / side) * Math.floor(height / side);
        agree(backend, [any, [2, size], [2, windows * channels]], (e, pooled, x, v) => {
          e.images.maxPool(pooled, x, shape, side);
          e.images.maxPoolGradient(x, pooled, v, shape, side);
        });
      }
      for (const grid of [1, 2, 3, 4].filter((g) => g <= Math.min(width, height))) {
        agree(
          backend,
          [any, any, [2, size], [2 * grid * grid, channels]],
          (e, means, out, x, v) => {
            e.images.averagePool(means, x, shape, grid);
            e.images.averagePoolGradient(out, v, shape, grid);
            e.images.reshape(means, 2);
          },
        );
      }
    });

    it('normalisation and its gradient', () => {
      const rows = 2 * width * height;
      agree(
        backend,
        [any, any, any, [rows, channels], [rows, channels], [1, channels]],
        (e, mean, variance, out, a, v, bias) => {
          e.images.columnMoments(mean, variance, a);
          // One row has no variance: dividing by almost nothing leaves only rounding.
          e.hadamard(v, v, a);
          e.images.standardise(a, mean, variance);
          e.images.standardiseGradient(v, a, variance);
          e.images.biasRelu(out, a, bias);
        },
      );
    });
  });

  it('gives the gradient of equal values to the first of them', () => {
    const shape = { width: 5, height: 4, channels: 3 };
    const few = (count: number) =>
      Float32Array.from({ length: count }, (_, i) => ((i * 7) % 3) - 1);
    agree(
      backend,
      [any, [2, 60], [2, 2 * 2 * 3]],
      (e, pooled, x, v) => {
        e.images.maxPool(pooled, x, shape, 2);
        e.images.maxPoolGradient(x, pooled, v, shape, 2);
      },
      few,
    );
  });

  it('convolves many positions, more than are laid out at once', () => {
    const image = { width: 32, height: 32, channels: 20 };
    const padded = convolution(image, 3, 1, 1);
    agree(
      backend,
      [any, any, [7, 32 * 32 * 20], [180, 9], [7 * 32 * 32, 9]],
      (e, out, gradient, x, weight, v) => {
        e.images.convolve(out, x, weight, padded);
        e.images.convolveGradient(gradient, x, v, padded);
      },
    );
  });
});
