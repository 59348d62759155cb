/** Symmetric matrices on our own kernels, in the memory of a {@link SimdBackend}. */
import type { Matrix } from '../backend.ts';
import type { SymmetricBackend, SymmetricMatrix } from '../symmetric.ts';
import { type Block, type Blocks, floatBytes } from './blocks.ts';
import type { ExtraKernels } from './kernels.ts';
import type { SimdBackend } from './simd-backend.ts';
import { diagonal, eachInStrips, rowStart, stripLength } from './triangle.ts';

const doubleBytes = 8;

interface Triangle extends SymmetricMatrix {
  readonly address: number;
  readonly bytes: number;
}

export class SimdSymmetric implements SymmetricBackend {
  /** In whose memory the matrices lie, and whose matrices are their rows. */
  readonly backend: SimdBackend;
  readonly #blocks: Blocks;
  readonly #kernels: ExtraKernels;

  /** Use {@link SimdSymmetric.start}. */
  private constructor(backend: SimdBackend, kernels: ExtraKernels) {
    this.backend = backend;
    this.#blocks = backend.parts.blocks;
    this.#kernels = kernels;
  }

  static async start(backend: SimdBackend): Promise<SimdSymmetric> {
    return new SimdSymmetric(backend, await backend.loadExtra());
  }

  matrix(order: number): SymmetricMatrix {
    this.#blocks.room(this.#kernels.triangleRoom(order));
    const bytes = this.#kernels.triangleBytes(order);
    const triangle: Triangle = { order, address: this.#blocks.memory.reserve(bytes), bytes };
    const numbers = this.#numbers(triangle).fill(0);
    // Rows that fill up the last panel are those of the identity, which every operation keeps.
    for (let row = order; row % 4 > 0; row++) numbers[diagonal(row)] = 1;
    return triangle;
  }

  dispose(...matrices: readonly SymmetricMatrix[]): void {
    for (const matrix of matrices) {
      const { address, bytes } = matrix as Triangle;
      this.#blocks.memory.release(address, bytes);
    }
  }

  addOuter(out: SymmetricMatrix, rows: Matrix | Float64Array, factor: number): void {
    const { address, order } = out as Triangle;
    const roomBytes = this.#kernels.triangleRoom(order);
    if (rows instanceof Float64Array) {
      const room = this.#blocks.room(roomBytes + rows.byteLength);
      const staged = room + roomBytes;
      this.#blocks.memory.doubles(staged, rows.length).set(rows);
      this.#kernels.addOuter(
        address,
        staged,
        rows.length / order,
        order,
        factor,
        doubleBytes,
        room,
      );
    } else {
      const room = this.#blocks.room(roomBytes);
      this.#kernels.addOuter(
        address,
        (rows as Block).address,
        rows.rows,
        order,
        factor,
        floatBytes,
        room,
      );
    }
  }

  addTriangle(out: SymmetricMatrix, triangle: Float64Array, factor: number): void {
    const numbers = this.#numbers(out);
    let index = 0;
    for (let row = 0; row < out.order; row++) {
      for (let at = rowStart(row), end = diagonal(row); at <= end; at += 4) {
        numbers[at] = (numbers[at] as number) + factor * (triangle[index++] as number);
      }
    }
  }

  addDiagonal(out: SymmetricMatrix, values: number | Float64Array): void {
    const numbers = this.#numbers(out);
    for (let row = 0; row < out.order; row++) {
      const value = typeof values === 'number' ? values : (values[row] as number);
      numbers[diagonal(row)] = (numbers[diagonal(row)] as number) + value;
    }
  }

  copy(out: SymmetricMatrix, source: SymmetricMatrix): void {
    this.#numbers(out).set(this.#numbers(source));
  }

  trace(source: SymmetricMatrix): number {
    const numbers = this.#numbers(source);
    let sum = 0;
    for (let row = 0; row < source.order; row++) sum += numbers[diagonal(row)] as number;
    return sum;
  }

  triangle(source: SymmetricMatrix): Float64Array {
    const { order } = source;
    const numbers = this.#numbers(source);
    const triangle = new Float64Array((order * (order + 1)) / 2);
    let index = 0;
    for (let row = 0; row < order; row++) {
      for (let at = rowStart(row), end = diagonal(row); at <= end; at += 4) {
        triangle[index++] = numbers[at] as number;
      }
    }
    return triangle;
  }

  factor(matrix: SymmetricMatrix): number {
    const { address, order } = matrix as Triangle;
    return this.#kernels.factorTriangle(
      address,
      order,
      this.#blocks.room(this.#kernels.triangleRoom(order)),
    );
  }

  solve(factor: SymmetricMatrix, rows: Float64Array): Float64Array {
    const { address, order } = factor as Triangle;
    const count = order && rows.length / order;
    const length = Math.ceil(count / 4) * stripLength(order);
    const room = this.#blocks.room(length * doubleBytes);
    const strips = this.#blocks.memory.doubles(room, length).fill(0);
    eachInStrips(count, order, (index, at) => {
      strips[at] = rows[index] as number;
    });
    this.#kernels.solveTriangle(room, address, order, count);
    const solutions = new Float64Array(rows.length);
    eachInStrips(count, order, (index, at) => {
      solutions[index] = strips[at] as number;
    });
    return solutions;
  }

  #numbers(matrix: SymmetricMatrix): Float64Array {
    const { address, bytes } = matrix as Triangle;
    return this.#blocks.memory.doubles(address, bytes / doubleBytes);
  }
}
