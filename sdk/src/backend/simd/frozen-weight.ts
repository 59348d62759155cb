/**
 * A weight that is only read, in the order in which one sample reads it: panels of 32 units
 * (`sdk/assembly/panels.ts`), in float32 or in int8 with a scale for each input.
 */
import type { Matrix } from '../backend.ts';
import { isInt8, type Numbers } from '../numbers.ts';
import type { Kernels } from './kernels.ts';
import type { Memory } from './memory.ts';

const panelUnits = 32;
const floatBytes = 4;

export class FrozenWeight implements Matrix {
  /** D_in. */
  readonly rows: number;
  /** D. */
  readonly columns: number;
  readonly allFinite: boolean;
  readonly #kernels: Kernels;
  readonly #memory: Memory;
  readonly #panels: number;
  /** Address of the scales of an int8 weight, otherwise 0. */
  readonly #scales: number;
  /** Address of Σ_i W_i, [D], or 0 until a sample with a background needs it. */
  #inputSums = 0;

  /** @param source address of the numbers, row by row */
  constructor(
    kernels: Kernels,
    memory: Memory,
    numbers: Numbers,
    source: number,
    rows: number,
    columns: number,
  ) {
    this.rows = rows;
    this.columns = columns;
    this.#kernels = kernels;
    this.#memory = memory;
    this.#scales = isInt8(numbers) ? memory.reserve(rows * floatBytes) : 0;
    const bytes = kernels.panelsBytes(rows, columns, this.#scales ? 1 : 0);
    this.#panels = memory.reserve(bytes);
    if (isInt8(numbers)) {
      memory.floats(this.#scales, rows).set(numbers.scales);
      kernels.freezeInt8(this.#panels, source, rows, columns);
      this.allFinite = kernels.allFinite(this.#scales, rows) === 1;
    } else if (numbers instanceof Uint16Array) {
      this.allFinite = kernels.freezeFloat16(this.#panels, source, rows, columns) === 1;
    } else {
      this.allFinite = kernels.freezeFloat32(this.#panels, source, rows, columns) === 1;
    }
  }

  /** Bytes of working room that {@link affineRelu} needs. */
  get affineRoom(): number {
    return (3 * this.rows + 2 * panelUnits) * floatBytes;
  }

  /** out [D] = ReLU(x [D_in] · weight + bias [D]) for one sample, all by address. */
  affineRelu(out: number, x: number, bias: number, room: number): void {
    const background = this.#kernels.pickBackground(x, this.rows);
    if (background !== 0 && !this.#inputSums) this.#sumInputs();
    if (this.#scales) {
      this.#kernels.affineInt8(
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
      this.#kernels.affineFloat32(
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
    const { rows, columns } = this;
    this.#kernels.multiplyPanels(out, x, this.#panels, this.#scales, samples, columns, rows, room);
  }

  /** The numbers row by row, as they were before freezing (float16 as float32). */
  numbers(): Numbers {
    const { rows, columns } = this;
    if (this.#scales) {
      const panels = new Int8Array(
        this.#memory.bytes(this.#panels, this.#panelsBytes).slice().buffer,
      );
      const pairs = (rows + 1) >> 1;
      const values = new Int8Array(rows * columns);
      this.#each((i, j, panel) => {
        const at = ((panel * pairs + (i >> 1)) * panelUnits + (j % panelUnits)) * 2 + (i & 1);
        values[i * columns + j] = panels[at] as number;
      });
      return { values, scales: this.#memory.floats(this.#scales, rows).slice() };
    }
    const panels = this.#memory.floats(this.#panels, this.#panelsBytes / floatBytes);
    const values = new Float32Array(rows * columns);
    this.#each((i, j, panel) => {
      const at = (panel * rows + i) * panelUnits + (j % panelUnits);
      values[i * columns + j] = panels[at] as number;
    });
    return values;
  }

  release(): void {
    this.#memory.release(this.#panels, this.#panelsBytes);
    if (this.#scales) this.#memory.release(this.#scales, this.rows * floatBytes);
    if (this.#inputSums) this.#memory.release(this.#inputSums, this.columns * floatBytes);
  }

  get #panelsBytes(): number {
    return this.#kernels.panelsBytes(this.rows, this.columns, this.#scales ? 1 : 0);
  }

  #each(visit: (i: number, j: number, panel: number) => void): void {
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) visit(i, j, Math.floor(j / panelUnits));
    }
  }

  #sumInputs(): void {
    const { rows, columns } = this;
    this.#inputSums = this.#memory.reserve(columns * floatBytes);
    this.#kernels.sumPanels(this.#inputSums, this.#panels, this.#scales, rows, columns);
  }
}
