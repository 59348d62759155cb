/**
 * A weight that is only read, in the order in which one sample reads it: panels of 32 units
 * (`sdk/assembly/panels.ts`), in float32 or in int8 with a scale for each input.
 */
import type { Matrix } from '../backend.ts';
import { isInt8, type Numbers } from '../numbers.ts';
import { floatBytes } from './blocks.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Kernels } from './kernels.ts';

const panelUnits = 32;

/** Bytes of stored numbers that are frozen at once, so that they need not all lie in memory twice. */
const stagedBytes = 65_536;

export class FrozenWeight implements Matrix {
  /** D_in. */
  readonly rows: number;
  /** D. */
  readonly columns: number;
  /** Of int8, whether the scales are. */
  readonly allFinite: boolean;
  readonly #parts: EngineParts;
  readonly #panelsBytes: number;
  /** Address of the panels and behind them, of int8, the scales; 0 after {@link release}. */
  #panels: number;
  /** Address of the scales of an int8 weight, otherwise 0. */
  readonly #scales: number;
  /** Address of Σ_i W_i, [D], or 0 until a sample with a background needs it. */
  #inputSums = 0;

  constructor(parts: EngineParts, numbers: Numbers, rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#parts = parts;
    const { kernels, blocks } = parts;
    const int8 = isInt8(numbers);
    this.#panelsBytes = kernels.panelsBytes(rows, columns, int8 ? 1 : 0);
    this.#panels = blocks.memory.reserve(this.#panelsBytes + (int8 ? rows * floatBytes : 0));
    this.#scales = int8 ? this.#panels + this.#panelsBytes : 0;
    const finite = this.#freeze(int8 ? numbers.values : numbers);
    if (int8) blocks.memory.floats(this.#scales, rows).set(numbers.scales);
    this.allFinite = int8 ? kernels.allFinite(this.#scales, rows) === 1 : finite;
  }

  /** Bytes of working room that {@link affineRelu} needs. */
  get affineRoom(): number {
    return (3 * this.rows + 2 * panelUnits) * floatBytes;
  }

  /** out [D] = ReLU(x [D_in] · weight + bias [D]) for one sample, all by address. */
  affineRelu(out: number, x: number, bias: number, room: number): void {
    const { kernels } = this.#parts;
    const background = kernels.pickBackground(x, this.rows);
    if (background !== 0 && !this.#inputSums) this.#sumInputs();
    if (this.#scales) {
      kernels.affineInt8(
        out,
        x,
        this.#panels,
        this.#scales,
        bias,
        this.#inputSums,
        background,
        this.rows,
        this.columns,
        room,
      );
    } else {
      kernels.affineFloat32(
        out,
        x,
        this.#panels,
        bias,
        this.#inputSums,
        background,
        this.rows,
        this.columns,
        room,
      );
    }
  }

  /** out [N, D] = x [N, D_in] · weight, all by address. */
  multiply(out: number, x: number, samples: number, room: number): void {
    const { kernels } = this.#parts;
    const { rows, columns } = this;
    kernels.multiplyPanels(out, x, this.#panels, this.#scales, samples, columns, rows, room);
  }

  release(): void {
    const { memory } = this.#parts.blocks;
    memory.release(this.#panels, this.#panelsBytes + (this.#scales ? this.rows * floatBytes : 0));
    memory.release(this.#inputSums, this.columns * floatBytes);
    this.#panels = 0;
    this.#inputSums = 0;
  }

  /**
   * Into the panels, some rows at a time: an even number, since int8 goes by pairs of them.
   * @returns whether all numbers are finite
   */
  #freeze(values: Float32Array | Uint16Array | Int8Array): boolean {
    const { kernels, blocks } = this.#parts;
    const { rows, columns } = this;
    const [freeze, rowBytes] = freezing(kernels, values);
    const fitting = Math.floor(stagedBytes / (columns * values.BYTES_PER_ELEMENT || 1));
    const step = Math.max(2, fitting - (fitting % 2));
    let finite = true;
    for (let row = 0; row < rows; row += step) {
      const count = Math.min(step, rows - row);
      const staged = blocks.stage(values.subarray(row * columns, (row + count) * columns));
      const panels = this.#panels + row * rowBytes;
      finite = freeze(panels, staged, count, columns, rows) === 1 && finite;
    }
    return finite;
  }

  #sumInputs(): void {
    const { kernels, blocks } = this.#parts;
    const { rows, columns } = this;
    this.#inputSums = blocks.memory.reserve(columns * floatBytes);
    kernels.sumPanels(this.#inputSums, this.#panels, this.#scales, rows, columns);
  }
}

/** The kernel for numbers as they are stored, and the bytes of a row in a panel. */
function freezing(
  { freezeFloat32, freezeFloat16, freezeInt8 }: Kernels,
  values: Float32Array | Uint16Array | Int8Array,
): [freeze: Kernels['freezeInt8'], rowBytes: number] {
  if (values instanceof Int8Array) return [freezeInt8, panelUnits];
  return [values instanceof Uint16Array ? freezeFloat16 : freezeFloat32, panelUnits * floatBytes];
}
