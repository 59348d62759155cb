/** Operations on images on our own kernels, in the memory of a {@link SimdBackend}. */
import type { Matrix } from '../backend.ts';
import type { Convolution, ImageBackend, ImageShape } from '../image-backend.ts';
import type { Block } from './blocks.ts';
import type { EngineParts } from './engine-parts.ts';
import type { FrozenWeight } from './frozen-weight.ts';
import type { ExtraKernels } from './kernels.ts';

// Nothing is imported but types: what is loaded later would else split what is there at once.
export const floatBytes: number = Float32Array.BYTES_PER_ELEMENT;

/** Patches are laid out so many bytes at a time, which stay in a second-level cache. */
const patchesBytes = 262_144;

/** At least so many patches, since a product packs the weight anew for each. */
const fewestPatches = 128;

export class SimdImages implements ImageBackend {
  protected readonly parts: EngineParts;
  protected readonly extra: ExtraKernels;

  /** @param parts in whose memory the images lie */
  constructor(parts: EngineParts, extra: ExtraKernels) {
    this.parts = parts;
    this.extra = extra;
  }

  convolveRelu(
    out: Matrix,
    images: Matrix,
    weight: Matrix,
    bias: Matrix,
    convolution: Convolution,
  ): void {
    this.convolve(out, images, weight, convolution);
    const { address, rows, columns } = out as Block;
    this.parts.kernels.addBiasRelu(address, (bias as Block).address, rows, columns);
  }

  maxPool(out: Matrix, images: Matrix, shape: ImageShape, side: number): void {
    const { width, height, channels } = shape;
    const samples = samplesOf(images, shape);
    const size = Math.floor(width / side) * Math.floor(height / side) * channels;
    const { address } = this.parts.blocks.shape(out, samples, size);
    const from = (images as Block).address;
    this.extra.maxPool(address, from, samples, width, height, channels, side);
  }

  averagePool(out: Matrix, images: Matrix, shape: ImageShape, grid: number): void {
    const { width, height, channels } = shape;
    const samples = samplesOf(images, shape);
    const { address } = this.parts.blocks.shape(out, samples * grid * grid, channels);
    const from = (images as Block).address;
    this.extra.averagePool(address, from, samples, width, height, channels, grid);
  }

  reshape(matrix: Matrix, rows: number): void {
    const block = matrix as Block;
    this.parts.blocks.shape(block, rows, block.count / rows);
  }

  /** out [N · positions, D], by the product of patches and a weight, frozen or not. */
  convolve(out: Matrix, images: Matrix, weight: Matrix, convolution: Convolution): void {
    const { kernels, blocks } = this.parts;
    const { rows: inputs, columns } = weight;
    const target = blocks.shape(out, positionsIn(images, convolution), columns);
    const { multiplyRoom } = kernels;
    this.eachPatches(images, convolution, patchesBytes, multiplyRoom, (lot) => {
      const { patches, count, first, room } = lot;
      if ('affineRoom' in weight) {
        (weight as FrozenWeight).multiply(target.row(first), patches, count, room);
        return;
      }
      kernels.multiply(
        target.row(first),
        patches,
        (weight as Block).address,
        count,
        columns,
        inputs,
        inputs * floatBytes,
        floatBytes,
        columns * floatBytes,
        floatBytes,
        room,
      );
    });
  }

  /**
   * Visits all patches, as many at a time as fit into so many bytes.
   * @param roomFor bytes that the visit of so many patches needs beside them
   */
  protected eachPatches(
    images: Matrix,
    convolution: Convolution,
    bytes: number,
    roomFor: (patches: number) => number,
    visit: (lot: Lot) => void,
  ): void {
    const { image, side, stride, padding, across, down } = convolution;
    const { width, height, channels } = image;
    const patchBytes = side * side * channels * floatBytes;
    const positions = positionsIn(images, convolution);
    const most = Math.max(fewestPatches, Math.floor(bytes / patchBytes));
    for (let first = 0; first < positions; first += most) {
      const count = Math.min(most, positions - first);
      const patches = this.parts.blocks.room(count * patchBytes + roomFor(count));
      this.extra.takePatches(
        patches,
        (images as Block).address,
        first,
        count,
        width,
        height,
        channels,
        side,
        stride,
        padding,
        across,
        down,
      );
      visit({ patches, count, first, room: patches + count * patchBytes });
    }
  }
}

/** Patches laid out in the working room, by address. */
interface Lot {
  readonly patches: number;
  readonly count: number;
  /** Which of all the first is. */
  readonly first: number;
  /** What is left of the working room. */
  readonly room: number;
}

/** N of a batch of images, whatever its rows. */
export function samplesOf(images: Matrix, { width, height, channels }: ImageShape): number {
  return (images.rows * images.columns) / (width * height * channels);
}

function positionsIn(images: Matrix, convolution: Convolution): number {
  const { image, across, down } = convolution;
  return samplesOf(images, image) * across * down;
}
