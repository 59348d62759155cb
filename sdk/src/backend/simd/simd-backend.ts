/**
 * What classifying needs on our own kernels: WebAssembly SIMD, one thread. A backend is one instance
 * with one memory, made for one model or training and given back with it.
 */
import type { Backend, Matrix } from '../backend.ts';
import type { ImageBackend } from '../image-backend.ts';
import { type Numbers, toFloat32 } from '../numbers.ts';
import { type Block, type Blocks, floatBytes } from './blocks.ts';
import { type EngineParts, startEngine } from './engine-parts.ts';
import { FrozenWeight } from './frozen-weight.ts';
import { type ExtraKernels, instantiateExtra, type Kernels } from './kernels.ts';

/** Up to so many samples go through a layer one by one, at the speed of reading its weight. */
const fewRows = 4;

export class SimdBackend implements Backend {
  readonly name: string = 'simd';
  images: ImageBackend | undefined;
  readonly #kernels: Kernels;
  readonly #blocks: Blocks;
  readonly #compileExtra: () => Promise<WebAssembly.Module>;
  #extra: ExtraKernels | undefined;

  /**
   * @param engine compiled kernels, for a memory of its own: modules may be shared, memory is not; or
   *   a backend, in whose memory and on whose matrices this one works, too
   * @param compileExtra gives the compiled kernels for images and learning, when they are first needed
   */
  constructor(
    engine: WebAssembly.Module | SimdBackend,
    compileExtra: () => Promise<WebAssembly.Module> = missing,
  ) {
    const { kernels, blocks } = 'parts' in engine ? engine.parts : startEngine(engine);
    this.#kernels = kernels;
    this.#blocks = blocks;
    this.#compileExtra = compileExtra;
  }

  /** @throws HffError `backend/unavailable` */
  async loadImages(): Promise<void> {
    if (this.images) return;
    const { SimdImages } = await import('./simd-images.ts');
    this.images = new SimdImages(this.parts, await this.loadExtra());
  }

  /** The kernels for images and learning, at work in this engine's memory. */
  async loadExtra(): Promise<ExtraKernels> {
    this.#extra ??= instantiateExtra(await this.#compileExtra(), this.#kernels);
    return this.#extra;
  }

  get parts(): EngineParts {
    return { kernels: this.#kernels, blocks: this.#blocks };
  }

  matrix(rows: number, columns: number): Matrix {
    const block = this.#blocks.make(rows, columns);
    this.#floats(block).fill(0);
    return block;
  }

  load(numbers: Numbers, rows: number, columns: number): Matrix {
    if (numbers instanceof Uint16Array) {
      const staged = this.#blocks.stage(numbers);
      const block = this.#blocks.make(rows, columns);
      this.#kernels.decodeFloat16(block.address, staged, block.count);
      return block;
    }
    const block = this.#blocks.make(rows, columns);
    this.#floats(block).set(toFloat32(numbers));
    return block;
  }

  freeze(numbers: Numbers, rows: number, columns: number): Matrix {
    return new FrozenWeight(this.parts, numbers, rows, columns);
  }

  allFinite(matrix: Matrix): boolean {
    if (matrix instanceof FrozenWeight) return matrix.allFinite;
    const { address, count } = matrix as Block;
    return this.#kernels.allFinite(address, count) === 1;
  }

  write(out: Matrix, values: Float32Array, rows: number): void {
    this.#floats(this.#shape(out, rows, rows ? values.length / rows : 0)).set(values);
  }

  read(source: Matrix): Float32Array {
    return this.#floats(source as Block).slice();
  }

  dispose(...matrices: readonly Matrix[]): void {
    for (const matrix of matrices) {
      if (matrix instanceof FrozenWeight) matrix.release();
      else this.#blocks.release(matrix as Block);
    }
  }

  affineRelu(out: Matrix, x: Matrix, weight: Matrix, bias: Matrix): void {
    const target = this.#shape(out, x.rows, weight.columns);
    const source = x as Block;
    const biasAddress = (bias as Block).address;
    if (!(weight instanceof FrozenWeight)) {
      this.multiply(out, x, weight);
    } else if (x.rows <= fewRows) {
      const room = this.#blocks.room(weight.affineRoom);
      for (let row = 0; row < x.rows; row++) {
        weight.affineRelu(target.row(row), source.row(row), biasAddress, room);
      }
      return;
    } else {
      const room = this.#blocks.room(this.#kernels.multiplyRoom(x.rows));
      weight.multiply(target.address, source.address, x.rows, room);
    }
    this.#kernels.addBiasRelu(target.address, biasAddress, target.rows, target.columns);
  }

  project(unit: Matrix, inverseNorm: Matrix, a: Matrix): void {
    const { address } = this.#shape(unit, a.rows, a.columns);
    const norm = this.#shape(inverseNorm, a.rows, 1).address;
    this.#kernels.project(address, norm, (a as Block).address, a.rows, a.columns);
  }

  multiply(out: Matrix, a: Matrix, b: Matrix, transpose?: 'left' | 'right'): void {
    const left = a as Block;
    const right = b as Block;
    const [m, k] = transpose === 'left' ? [a.columns, a.rows] : [a.rows, a.columns];
    const n = transpose === 'right' ? b.rows : b.columns;
    const target = this.#shape(out, m, n);
    if (transpose === 'right' && m <= fewRows) {
      for (let row = 0; row < m; row++) {
        this.#kernels.dotRows(target.row(row), right.address, left.row(row), n, k);
      }
      return;
    }
    const [aRow, aColumn] = strides(a, transpose === 'left');
    const [bRow, bColumn] = strides(b, transpose === 'right');
    const room = this.#blocks.room(this.#kernels.multiplyRoom(m));
    this.#kernels.multiply(
      target.address,
      left.address,
      right.address,
      m,
      n,
      k,
      aRow,
      aColumn,
      bRow,
      bColumn,
      room,
    );
  }

  classScores(scores: Matrix, cosines: Matrix, offsets: Uint32Array, sharpness: number): void {
    const classes = offsets.length - 1;
    const { address } = this.#shape(scores, cosines.rows, classes);
    const { rows, columns } = cosines;
    const staged = this.#blocks.stage(offsets, columns * floatBytes);
    this.#kernels.classScores(
      address,
      (cosines as Block).address,
      staged,
      rows,
      classes,
      sharpness,
      staged + offsets.byteLength,
    );
  }

  scale(out: Matrix, a: Matrix, factor: number): void {
    const { address, count } = this.#shape(out, a.rows, a.columns);
    this.#kernels.scale(address, (a as Block).address, count, factor);
  }

  #shape(matrix: Matrix, rows: number, columns: number): Block {
    return this.#blocks.shape(matrix, rows, columns);
  }

  #floats({ address, count }: Block): Float32Array {
    return this.#blocks.memory.floats(address, count);
  }
}

/** Bytes to the next row and to the next column, of the matrix or of its transpose. */
function strides({ columns }: Matrix, transposed: boolean): [row: number, column: number] {
  const row = columns * floatBytes;
  return transposed ? [floatBytes, row] : [row, floatBytes];
}

function missing(): never {
  throw new Error('This engine was made without kernels for images and learning.');
}
