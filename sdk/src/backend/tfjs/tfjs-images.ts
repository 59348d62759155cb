/** Operations on images, and their gradients, on tfjs. */
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../backend.ts';
import type { Convolution, ImageShape } from '../image-backend.ts';
import type { ImageTrainingBackend } from '../image-training-backend.ts';
import { put, tensorOf } from './slot.ts';

const leastVariance = 1e-5;

export class TfjsImages implements ImageTrainingBackend {
  convolveRelu(
    out: Matrix,
    images: Matrix,
    weight: Matrix,
    bias: Matrix,
    convolution: Convolution,
  ): void {
    this.convolve(out, images, weight, convolution);
    this.biasRelu(out, out, bias);
  }

  convolve(out: Matrix, images: Matrix, weight: Matrix, convolution: Convolution): void {
    const { image, side, stride } = convolution;
    put(out, () => {
      const kernel = tf.reshape(tensorOf(weight), [side, side, image.channels, weight.columns]);
      const result = tf.conv2d(padded(images, convolution), kernel as tf.Tensor4D, stride, 'valid');
      return tf.reshape(result, [-1, weight.columns]);
    });
  }

  /** A product for each pixel of the kernel, since tfjs's own gradient is not there on all backends. */
  convolveGradient(out: Matrix, images: Matrix, gradient: Matrix, convolution: Convolution): void {
    const { image, side, stride, across, down } = convolution;
    put(out, () => {
      const source = padded(images, convolution);
      const samples = source.shape[0];
      const size = [samples, (down - 1) * stride + 1, (across - 1) * stride + 1, image.channels];
      const parts = Array.from({ length: side * side }, (_, at) => {
        const corner = [0, Math.floor(at / side), at % side, 0];
        const seen = tf.slice(source, corner, size);
        const strided = tf.stridedSlice(seen, [0, 0, 0, 0], size, [1, stride, stride, 1]);
        const rows = tf.reshape(strided, [-1, image.channels]);
        return tf.matMul(rows, tensorOf(gradient), true);
      });
      return tf.concat(parts, 0);
    });
  }

  maxPool(out: Matrix, images: Matrix, shape: ImageShape, side: number): void {
    put(out, () => {
      const pooled = tf.maxPool(imagesOf(images, shape), side, side, 'valid');
      return tf.reshape(pooled, [pooled.shape[0], -1]);
    });
  }

  maxPoolGradient(
    images: Matrix,
    _pooled: Matrix,
    v: Matrix,
    shape: ImageShape,
    side: number,
  ): void {
    const { width, height, channels } = shape;
    const [across, down] = [Math.floor(width / side), Math.floor(height / side)];
    put(images, () => {
      const source = imagesOf(images, shape);
      const samples = source.shape[0];
      const whole = tf.slice(source, [0, 0, 0, 0], [samples, down * side, across * side, channels]);
      // [samples · down, across · channels, side²]: a window's values side by side.
      const apart = tf.reshape(whole, [samples * down, side, across, side * channels]);
      const byColumn = tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [
        samples * down * across,
        side * side,
        channels,
      ]);
      const windows = tf.transpose(byColumn, [0, 2, 1]);
      const places = tf.range(0, side * side, 1, 'int32');
      const first = tf.cast(tf.equal(tf.expandDims(tf.argMax(windows, 2), 2), places), 'float32');
      const active = tf.step(tf.max(windows, 2));
      const own = tf.mul(tf.reshape(tensorOf(v), active.shape), active);
      const given = tf.transpose(tf.mul(first, tf.expandDims(own, 2)), [0, 2, 1]);
      const lines = tf.reshape(given, [samples * down, across, side, side * channels]);
      const back = tf.reshape(tf.transpose(lines, [0, 2, 1, 3]), [
        samples,
        down * side,
        across * side,
        channels,
      ]);
      const filled = tf.pad4d(back as tf.Tensor4D, [
        [0, 0],
        [0, height - down * side],
        [0, width - across * side],
        [0, 0],
      ]);
      return tf.reshape(filled, [samples, -1]);
    });
  }

  averagePool(out: Matrix, images: Matrix, shape: ImageShape, grid: number): void {
    const { width, height, channels } = shape;
    put(out, () => {
      const source = imagesOf(images, shape);
      const pixels = tf.reshape(source, [source.shape[0], height * width, channels]);
      const shares = cellShares(shape, grid);
      return tf.reshape(
        tf.concat(
          tf.unstack(pixels).map((one) => tf.matMul(shares, one as tf.Tensor2D)),
          0,
        ),
        [-1, channels],
      );
    });
  }

  averagePoolGradient(out: Matrix, v: Matrix, shape: ImageShape, grid: number): void {
    const { width, height, channels } = shape;
    put(out, () => {
      const cells = tf.reshape(tensorOf(v), [-1, grid * grid, channels]);
      const shares = cellShares(shape, grid);
      const parts = tf.unstack(cells).map((one) => tf.matMul(shares, one as tf.Tensor2D, true));
      return tf.reshape(tf.concat(parts, 0), [-1, width * height * channels]);
    });
  }

  reshape(matrix: Matrix, rows: number): void {
    put(matrix, () => tf.reshape(tensorOf(matrix), [rows, -1]));
  }

  columnMoments(mean: Matrix, variance: Matrix, a: Matrix): void {
    put(mean, () => tf.mean(tensorOf(a), 0, true));
    put(variance, () => tf.mean(tf.square(tf.sub(tensorOf(a), tensorOf(mean))), 0, true));
  }

  standardise(a: Matrix, mean: Matrix, variance: Matrix): void {
    put(a, () => tf.mul(tf.sub(tensorOf(a), tensorOf(mean)), inverseDeviations(variance)));
  }

  standardiseGradient(v: Matrix, z: Matrix, variance: Matrix): void {
    put(v, () => {
      const [gradient, standardised] = [tensorOf(v), tensorOf(z)];
      const mean = tf.mean(gradient, 0, true);
      const product = tf.mean(tf.mul(gradient, standardised), 0, true);
      const left = tf.sub(tf.sub(gradient, mean), tf.mul(standardised, product));
      return tf.mul(left, inverseDeviations(variance));
    });
  }

  biasRelu(out: Matrix, a: Matrix, bias: Matrix): void {
    put(out, () => tf.relu(tf.add(tensorOf(a), tensorOf(bias))));
  }
}

function imagesOf(images: Matrix, { width, height, channels }: ImageShape): tf.Tensor4D {
  return tf.reshape(tensorOf(images), [-1, height, width, channels]);
}

function padded(images: Matrix, { image, padding }: Convolution): tf.Tensor4D {
  const around: [number, number] = [padding, padding];
  return tf.pad4d(imagesOf(images, image), [[0, 0], around, around, [0, 0]]);
}

function inverseDeviations(variance: Matrix): tf.Tensor {
  return tf.rsqrt(tf.add(tensorOf(variance), leastVariance));
}

/** [grid², height · width]: what each pixel counts in each cell. */
function cellShares({ width, height }: ImageShape, grid: number): tf.Tensor2D {
  const shares = new Float32Array(grid * grid * width * height);
  const bounds = (cell: number, length: number): [number, number] => [
    Math.floor((cell * length) / grid),
    Math.ceil(((cell + 1) * length) / grid),
  ];
  for (let cell = 0; cell < grid * grid; cell++) {
    const [top, bottom] = bounds(Math.floor(cell / grid), height);
    const [left, right] = bounds(cell % grid, width);
    for (let y = top; y < bottom; y++) {
      const row = (cell * height + y) * width;
      shares.fill(1 / ((bottom - top) * (right - left)), row + left, row + right);
    }
  }
  return tf.tensor2d(shares, [grid * grid, width * height]);
}
