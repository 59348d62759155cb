/**
 * Blocks of one WebAssembly memory. They are laid out when matrices are made and grow with the
 * largest batch seen; classifying and training allocate nothing after that.
 */
import { HffError } from '../../error.ts';

/** Blocks begin and end at two cache lines, which processors fetch as pairs. */
const alignment = 128;

/** Room behind every block: kernels write whole panels of 32 numbers. */
const slack = 128;

const pageBytes = 65_536;

interface Gap {
  address: number;
  bytes: number;
}

export class Memory {
  readonly #memory: WebAssembly.Memory;
  /** Free blocks between used ones, by address; no two of them touch. */
  readonly #gaps: Gap[] = [];
  /** Everything from here on is free. Address 0 stays unused: it means 'none'. */
  #end = alignment;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Bytes that a block for `bytes` takes. */
  static blockBytes(bytes: number): number {
    return Math.ceil((bytes + slack) / alignment) * alignment;
  }

  /**
   * Address of a block, whose content is undefined.
   * @throws HffError `backend/memory`
   */
  reserve(bytes: number): number {
    const size = Memory.blockBytes(bytes);
    const index = this.#gaps.findIndex((gap) => gap.bytes >= size);
    const gap = this.#gaps[index];
    if (gap) {
      const { address } = gap;
      gap.address += size;
      gap.bytes -= size;
      if (gap.bytes === 0) this.#gaps.splice(index, 1);
      return address;
    }
    const address = this.#end;
    this.#provide(address + size);
    this.#end = address + size;
    return address;
  }

  /** Gives back the block for `bytes` at `address`; at 0 there is none. */
  release(address: number, bytes: number): void {
    if (address === 0) return;
    const gaps = this.#gaps;
    const next = gaps.findIndex((gap) => gap.address > address);
    const index = next < 0 ? gaps.length : next;
    gaps.splice(index, 0, { address, bytes: Memory.blockBytes(bytes) });
    joinNext(gaps, index);
    if (index > 0) joinNext(gaps, index - 1);
    const last = gaps.at(-1);
    if (last && last.address + last.bytes === this.#end) {
      this.#end = last.address;
      gaps.pop();
    }
  }

  /** A view that lasts until the next `reserve`. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, count);
  }

  /** A view that lasts until the next `reserve`. */
  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, count);
  }

  /** A view that lasts until the next `reserve`. */
  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, count);
  }

  #provide(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / pageBytes));
    } catch (cause) {
      throw new HffError(
        'backend/memory',
        `The engine's memory: expected room for ${end} bytes, got ${cause}. Use a smaller model or smaller batches, or dispose models that are not needed.`,
        { cause },
      );
    }
  }
}

function joinNext(gaps: Gap[], index: number): void {
  const gap = gaps[index] as Gap;
  const next = gaps[index + 1];
  if (next && gap.address + gap.bytes === next.address) {
    gap.bytes += next.bytes;
    gaps.splice(index + 1, 1);
  }
}
