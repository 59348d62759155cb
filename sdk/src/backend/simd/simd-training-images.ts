/** What training on images needs, on our own kernels. */
import type { Matrix } from '../backend.ts';
import type { Convolution, ImageShape } from '../image-backend.ts';
import type { ImageTrainingBackend } from '../image-training-backend.ts';
import type { Block } from './blocks.ts';
import { floatBytes, SimdImages, samplesOf } from './simd-images.ts';

/** Patches at a time for a gradient, whose sum is added to once for each lot. */
const patchesBytes = 4_194_304;

export class SimdTrainingImages extends SimdImages implements ImageTrainingBackend {
  convolveGradient(out: Matrix, images: Matrix, gradient: Matrix, convolution: Convolution): void {
    const { kernels, blocks } = this.parts;
    const units = gradient.columns;
    const inputs = convolution.side ** 2 * convolution.image.channels;
    const sum = blocks.shape(out, inputs, units);
    const source = gradient as Block;
    const partBytes = sum.count * floatBytes;
    const roomFor = (): number => kernels.multiplyRoom(inputs) + partBytes;
    this.eachPatches(images, convolution, patchesBytes, roomFor, (lot) => {
      const { patches, count, first, room } = lot;
      const part = first === 0 ? sum.address : room;
      kernels.multiply(
        part,
        patches,
        source.row(first),
        inputs,
        units,
        count,
        floatBytes,
        inputs * floatBytes,
        units * floatBytes,
        floatBytes,
        room + partBytes,
      );
      if (first > 0) this.extra.addScaled(sum.address, part, sum.count, 1);
    });
  }

  columnMoments(mean: Matrix, variance: Matrix, a: Matrix): void {
    const { blocks } = this.parts;
    const { address, rows, columns } = a as Block;
    const means = blocks.shape(mean, 1, columns).address;
    const variances = blocks.shape(variance, 1, columns).address;
    this.extra.columnMoments(means, variances, address, rows, columns);
  }

  standardise(a: Matrix, mean: Matrix, variance: Matrix): void {
    const { address, rows, columns } = a as Block;
    const [means, variances] = [(mean as Block).address, (variance as Block).address];
    const room = this.parts.blocks.room(columns * floatBytes);
    this.extra.standardise(address, means, variances, rows, columns, room);
  }

  standardiseGradient(v: Matrix, z: Matrix, variance: Matrix): void {
    const { address, rows, columns } = v as Block;
    const [standardised, variances] = [(z as Block).address, (variance as Block).address];
    const room = this.parts.blocks.room(3 * columns * floatBytes);
    this.extra.standardiseGradient(address, standardised, variances, rows, columns, room);
  }

  biasRelu(out: Matrix, a: Matrix, bias: Matrix): void {
    const { kernels, blocks } = this.parts;
    const { address, rows, columns, count } = a as Block;
    const target = blocks.shape(out, rows, columns).address;
    blocks.memory.floats(target, count).set(blocks.memory.floats(address, count));
    kernels.addBiasRelu(target, (bias as Block).address, rows, columns);
  }

  maxPoolGradient(
    images: Matrix,
    pooled: Matrix,
    v: Matrix,
    shape: ImageShape,
    side: number,
  ): void {
    const { width, height, channels } = shape;
    const [from, largest, gradient] = [images, pooled, v].map((m) => (m as Block).address);
    this.extra.maxPoolGradient(
      from as number,
      largest as number,
      gradient as number,
      samplesOf(images, shape),
      width,
      height,
      channels,
      side,
    );
  }

  averagePoolGradient(out: Matrix, v: Matrix, shape: ImageShape, grid: number): void {
    const { width, height, channels } = shape;
    const samples = (v.rows * v.columns) / (grid * grid * channels);
    const { address } = this.parts.blocks.shape(out, samples, width * height * channels);
    const from = (v as Block).address;
    this.extra.averagePoolGradient(address, from, samples, width, height, channels, grid);
  }
}
