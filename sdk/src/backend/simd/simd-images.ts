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
  readonly #patches: Block;

  /** @param parts in whose memory the images lie */
  constructor(parts: EngineParts, extra: ExtraKernels) {
    this.parts = parts;
    this.extra = extra;
    this.#patches = parts.blocks.make(1, 1);
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
    const columns = weight.columns;
    const inner = weight.rows;
    const target = blocks.shape(out, positionsIn(images, convolution), columns);
    this.eachPatches(images, convolution, patchesBytes, (patches, first) => {
      const room = blocks.room(kernels.multiplyRoom(patches.rows));
      const { address, rows } = patches;
      if ('affineRoom' in weight) {
        (weight as FrozenWeight).multiply(target.row(first), address, rows, room);
        return;
      }
      const from = (weight as Block).address;
      const [row, unitRow] = [inner * floatBytes, columns * floatBytes];
      kernels.multiply(
        target.row(first),
        address,
        from,
        rows,
        columns,
        inner,
        row,
        floatBytes,
        unitRow,
        floatBytes,
        room,
      );
    });
  }

  /** Visits all patches, as many at a time as fit into so many bytes. */
  protected eachPatches(
    images: Matrix,
    convolution: Convolution,
    bytes: number,
    visit: (patches: Block, first: number) => void,
  ): void {
    const { image, side, stride, padding, across, down } = convolution;
    const { width, height, channels } = image;
    const columns = side * side * channels;
    const positions = positionsIn(images, convolution);
    const step = Math.max(fewestPatches, Math.floor(bytes / (columns * floatBytes)));
    const from = (images as Block).address;
    for (let first = 0; first < positions; first += step) {
      const count = Math.min(step, positions - first);
      const patches = this.parts.blocks.shape(this.#patches, count, columns);
      this.extra.takePatches(
        patches.address,
        from,
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
      visit(patches, first);
    }
  }
}

/** N of a batch of images, whatever its rows. */
export function samplesOf(images: Matrix, { width, height, channels }: ImageShape): number {
  return (images.rows * images.columns) / (width * height * channels);
}

function positionsIn(images: Matrix, convolution: Convolution): number {
  const { image, across, down } = convolution;
  return samplesOf(images, image) * across * down;
}
