/**
 * One of two threads on one memory. Each computes its half of the units of a layer, or of the rows of
 * a product, and meets the other after each.
 */
import type { Kernels } from '../../sdk/src/backend/simd/kernels.ts';

interface AffineLayer {
  readonly inputs: number;
  readonly units: number;
  /** Addresses; the weight lies in panels. */
  readonly x: number;
  readonly weight: number;
  readonly bias: number;
  readonly out: number;
}

/** out [m, n] = a [m, k] · b [k, n], all by address. */
interface SharedProduct {
  readonly a: number;
  readonly b: number;
  readonly out: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** What both threads must know. */
export interface SharedWork {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of four int32, one for each {@link slot}. */
  readonly control: number;
  readonly layers: readonly AffineLayer[];
  readonly product: SharedProduct;
  /** Working room of each thread. */
  readonly rooms: readonly [number, number];
}

/** Number of the job from 1, its kind, arrivals at meetings so far, and 1 where the worker sleeps between jobs. */
export const slot = { job: 0, kind: 1, arrivals: 2, asleep: 3 } as const;
export const job = { stop: 0, sample: 1, product: 2 } as const;

const floatBytes = 4;
const panelUnits = 32;

export class Half {
  readonly control: Int32Array;
  readonly #kernels: Kernels;
  readonly #work: SharedWork;
  readonly #index: 0 | 1;
  #meetings = 0;

  constructor(work: SharedWork, index: 0 | 1) {
    const { module, memory, control } = work;
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    this.#kernels = instance.exports as unknown as Kernels;
    this.control = new Int32Array(memory.buffer, control, 4);
    this.#work = work;
    this.#index = index;
  }

  /** One sample through all layers; alone where there is no other thread at work. */
  sample(alone = false): void {
    for (const { inputs, units, x, weight, bias, out } of this.#work.layers) {
      const middle = Math.ceil(units / panelUnits / 2) * panelUnits;
      const [from, count] = this.#share(units, middle, alone);
      const offset = from * floatBytes;
      this.#kernels.affineFloat32(
        out + offset,
        x,
        weight + offset * inputs,
        bias + offset,
        0,
        0,
        inputs,
        count,
        this.#room,
      );
      if (!alone) this.#meet();
    }
  }

  product(alone = false): void {
    const { a, b, out, m, n, k } = this.#work.product;
    const [from, rows] = this.#share(m, m / 2, alone);
    const [aRow, bRow] = [k * floatBytes, n * floatBytes];
    this.#kernels.multiply(
      out + from * bRow,
      a + from * aRow,
      b,
      rows,
      n,
      k,
      aRow,
      floatBytes,
      bRow,
      floatBytes,
      this.#room,
    );
    if (!alone) this.#meet();
  }

  get #room(): number {
    return this.#work.rooms[this.#index];
  }

  #share(count: number, middle: number, alone: boolean): [from: number, count: number] {
    if (alone) return [0, count];
    return this.#index === 0 ? [0, middle] : [middle, count - middle];
  }

  /** Spins, as a page's main thread must, which may not wait. */
  #meet(): void {
    this.#meetings++;
    Atomics.add(this.control, slot.arrivals, 1);
    while (Atomics.load(this.control, slot.arrivals) < 2 * this.#meetings);
  }
}
