/** The operations on images as plain loops in float64: the oracle for every engine. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { Convolution, ImageShape } from '../../sdk/src/backend/image-backend.ts';
import type { ImageTrainingBackend } from '../../sdk/src/backend/image-training-backend.ts';
import { fill, type PlainMatrix, plain, sum } from './plain-matrix.ts';

const leastVariance = 1e-5;

export class PlainImages implements ImageTrainingBackend {
  convolve(out: Matrix, images: Matrix, weight: Matrix, convolution: Convolution): void {
    const patches = patchesOf(images, convolution);
    fill(out, patches.length, weight.columns, (p, j) =>
      sum(weight.rows, (i) => (patches[p]?.[i] as number) * plain(weight).at(i, j)),
    );
  }

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

  convolveGradient(out: Matrix, images: Matrix, gradient: Matrix, convolution: Convolution): void {
    const patches = patchesOf(images, convolution);
    const inputs = convolution.side ** 2 * convolution.image.channels;
    fill(out, inputs, gradient.columns, (i, j) =>
      sum(patches.length, (p) => (patches[p]?.[i] as number) * plain(gradient).at(p, j)),
    );
  }

  maxPool(out: Matrix, images: Matrix, shape: ImageShape, side: number): void {
    const { width, height, channels } = shape;
    const [across, down] = [Math.floor(width / side), Math.floor(height / side)];
    const pixel = pixelsOf(images, shape);
    fill(out, samplesOf(images, shape), down * across * channels, (n, at) => {
      const [y, x, channel] = placeOf(at, across, channels);
      const values = Array.from({ length: side * side }, (_, i) =>
        pixel(n, y * side + Math.floor(i / side), x * side + (i % side), channel),
      );
      return Math.max(...values);
    });
  }

  maxPoolGradient(
    images: Matrix,
    pooled: Matrix,
    v: Matrix,
    shape: ImageShape,
    side: number,
  ): void {
    const { width, height, channels } = shape;
    const [across, down] = [Math.floor(width / side), Math.floor(height / side)];
    const pixel = pixelsOf(images, shape);
    fill(images, samplesOf(images, shape), height * width * channels, (n, at) => {
      const [y, x, channel] = placeOf(at, width, channels);
      const [row, column] = [Math.floor(y / side), Math.floor(x / side)];
      if (row >= down || column >= across) return 0;
      const window = ((n * down + row) * across + column) * channels + channel;
      const largest = plain(pooled).values[window] as number;
      const own = (y % side) * side + (x % side);
      const first = Array.from({ length: side * side }, (_, i) => i).find(
        (i) =>
          pixel(n, row * side + Math.floor(i / side), column * side + (i % side), channel) ===
          largest,
      );
      return first === own && largest > 0 ? (plain(v).values[window] as number) : 0;
    });
  }

  averagePool(out: Matrix, images: Matrix, shape: ImageShape, grid: number): void {
    const pixel = pixelsOf(images, shape);
    const samples = samplesOf(images, shape);
    fill(out, samples * grid * grid, shape.channels, (row, channel) => {
      const [n, cell] = [Math.floor(row / grid ** 2), row % grid ** 2];
      const pixels = pixelsOfCell(cell, shape, grid);
      return sum(pixels.length, (i) => {
        const [y, x] = pixels[i] as [number, number];
        return pixel(n, y, x, channel) / pixels.length;
      });
    });
  }

  averagePoolGradient(out: Matrix, v: Matrix, shape: ImageShape, grid: number): void {
    const { width, height, channels } = shape;
    const samples = (v.rows * v.columns) / (grid * grid * channels);
    const gradient = new Float64Array(samples * height * width * channels);
    for (let at = 0; at < samples * grid * grid * channels; at++) {
      const [cellOfAll, channel] = [Math.floor(at / channels), at % channels];
      const [n, cell] = [Math.floor(cellOfAll / grid ** 2), cellOfAll % grid ** 2];
      const pixels = pixelsOfCell(cell, shape, grid);
      for (const [y, x] of pixels) {
        const place = ((n * height + y) * width + x) * channels + channel;
        gradient[place] =
          (gradient[place] as number) + (plain(v).values[at] as number) / pixels.length;
      }
    }
    const size = height * width * channels;
    fill(out, samples, size, (n, at) => gradient[n * size + at] as number);
  }

  reshape(matrix: Matrix, rows: number): void {
    Object.assign(plain(matrix), { rows, columns: (matrix.rows * matrix.columns) / rows });
  }

  columnMoments(mean: Matrix, variance: Matrix, a: Matrix): void {
    fill(mean, 1, a.columns, (_, j) => sum(a.rows, (i) => plain(a).at(i, j) / a.rows));
    fill(variance, 1, a.columns, (_, j) =>
      sum(a.rows, (i) => (plain(a).at(i, j) - plain(mean).at(0, j)) ** 2 / a.rows),
    );
  }

  standardise(a: Matrix, mean: Matrix, variance: Matrix): void {
    fill(a, a.rows, a.columns, (i, j) => {
      const deviation = Math.sqrt(plain(variance).at(0, j) + leastVariance);
      return (plain(a).at(i, j) - plain(mean).at(0, j)) / deviation;
    });
  }

  standardiseGradient(v: Matrix, z: Matrix, variance: Matrix): void {
    const mean = (term: (row: number) => number) => sum(v.rows, term) / v.rows;
    const columns = Array.from({ length: v.columns }, (_, j) => ({
      gradient: mean((i) => plain(v).at(i, j)),
      product: mean((i) => plain(v).at(i, j) * plain(z).at(i, j)),
    }));
    fill(v, v.rows, v.columns, (i, j) => {
      const { gradient, product } = columns[j] as (typeof columns)[number];
      const deviation = Math.sqrt(plain(variance).at(0, j) + leastVariance);
      return (plain(v).at(i, j) - gradient - plain(z).at(i, j) * product) / deviation;
    });
  }

  biasRelu(out: Matrix, a: Matrix, bias: Matrix): void {
    fill(out, a.rows, a.columns, (i, j) => Math.max(0, plain(a).at(i, j) + plain(bias).at(0, j)));
  }
}

function samplesOf(images: Matrix, { width, height, channels }: ImageShape): number {
  return (images.rows * images.columns) / (width * height * channels);
}

/** A value by sample, line, column and channel; 0 beyond the border. */
function pixelsOf(images: Matrix, { width, height, channels }: ImageShape) {
  const { values }: PlainMatrix = plain(images);
  return (n: number, y: number, x: number, channel: number): number =>
    y < 0 || y >= height || x < 0 || x >= width
      ? 0
      : (values[((n * height + y) * width + x) * channels + channel] as number);
}

function placeOf(
  at: number,
  width: number,
  channels: number,
): [y: number, x: number, channel: number] {
  const pixel = Math.floor(at / channels);
  return [Math.floor(pixel / width), pixel % width, at % channels];
}

function patchesOf(images: Matrix, convolution: Convolution): number[][] {
  const { image, side, stride, padding, across, down } = convolution;
  const pixel = pixelsOf(images, image);
  return Array.from({ length: samplesOf(images, image) * down * across }, (_, p) => {
    const [n, position] = [Math.floor(p / (down * across)), p % (down * across)];
    const top = Math.floor(position / across) * stride - padding;
    const left = (position % across) * stride - padding;
    return Array.from({ length: side * side * image.channels }, (_, at) => {
      const [y, x, channel] = placeOf(at, side, image.channels);
      return pixel(n, top + y, left + x, channel);
    });
  });
}

function pixelsOfCell(
  cell: number,
  { width, height }: ImageShape,
  grid: number,
): [y: number, x: number][] {
  const inside = (at: number, length: number): number[] =>
    Array.from({ length }, (_, i) => i).filter(
      (i) => i + 1 > (at * length) / grid && i < ((at + 1) * length) / grid,
    );
  const columns = inside(cell % grid, width);
  return inside(Math.floor(cell / grid), height).flatMap((y) =>
    columns.map((x): [number, number] => [y, x]),
  );
}
