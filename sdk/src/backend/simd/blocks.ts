/** Matrices as blocks of an engine's memory, and the room that its kernels work in. */
import type { Matrix } from '../backend.ts';
import type { Memory } from './memory.ts';

export const floatBytes = 4;

export class Block implements Matrix {
  rows = 0;
  columns = 0;
  /** 0 where there is none. */
  address = 0;
  /** Bytes that the block at `address` was reserved for. */
  bytes = 0;

  get count(): number {
    return this.rows * this.columns;
  }

  row(index: number): number {
    return this.address + index * this.columns * floatBytes;
  }
}

export class Blocks {
  readonly memory: Memory;
  readonly #room = new Block();

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** A block whose content is undefined. */
  make(rows: number, columns: number): Block {
    return this.shape(new Block(), rows, columns);
  }

  /** Gives a matrix a shape; where that does not fit the block it has, the content is lost. */
  shape(matrix: Matrix, rows: number, columns: number): Block {
    const block = matrix as Block;
    const bytes = rows * columns * floatBytes;
    if (bytes > block.bytes || block.address === 0) this.#exchange(block, bytes);
    block.rows = rows;
    block.columns = columns;
    return block;
  }

  release(block: Block): void {
    this.memory.release(block.address, block.bytes);
    Object.assign(block, { rows: 0, columns: 0, address: 0, bytes: 0 });
  }

  /** Working room, whose content lasts until the engine's next operation. */
  room(bytes: number): number {
    if (bytes > this.#room.bytes || this.#room.address === 0) this.#exchange(this.#room, bytes);
    return this.#room.address;
  }

  /** Copies numbers into the working room, with as many bytes as `more` behind them. */
  stage(values: ArrayBufferView, more = 0): number {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const address = this.room(bytes.length + more);
    this.memory.bytes(address, bytes.length).set(bytes);
    return address;
  }

  /** A larger block for the one that it has; where there is no memory left, it has none. */
  #exchange(block: Block, bytes: number): void {
    this.release(block);
    block.address = this.memory.reserve(bytes);
    block.bytes = bytes;
  }
}
