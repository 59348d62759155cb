/** Matrices in float64 for plain loops. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';

export class PlainMatrix implements Matrix {
  rows: number;
  columns: number;
  values: Float64Array;

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.values = new Float64Array(rows * columns);
  }

  at(row: number, column: number): number {
    return this.values[row * this.columns + column] as number;
  }
}

export const plain = (matrix: Matrix) => matrix as PlainMatrix;

/** Computes every entry from the old content before any is replaced. */
export function fill(
  out: Matrix,
  rows: number,
  columns: number,
  entry: (row: number, column: number) => number,
): void {
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[i * columns + j] = entry(i, j);
  }
  Object.assign(plain(out), { rows, columns, values });
}

export function sum(length: number, term: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += term(i);
  return total;
}
