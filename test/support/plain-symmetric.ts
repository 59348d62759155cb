/** Symmetric matrices as plain loops over full matrices: the oracle for `symmetric.ts`. */
import type { Backend, Matrix } from '../../sdk/src/backend/backend.ts';
import type { SymmetricBackend, SymmetricMatrix } from '../../sdk/src/backend/symmetric.ts';

class PlainMatrix implements SymmetricMatrix {
  readonly order: number;
  readonly values: Float64Array;

  constructor(order: number) {
    this.order = order;
    this.values = new Float64Array(order * order);
  }

  at(row: number, column: number): number {
    return this.values[row * this.order + column] as number;
  }

  add(row: number, column: number, value: number): void {
    this.values[row * this.order + column] = this.at(row, column) + value;
  }
}

const plain = (matrix: SymmetricMatrix) => matrix as PlainMatrix;

export class PlainSymmetric implements SymmetricBackend {
  readonly #backend: Backend;

  /** @param backend whose matrices are the rows */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  matrix(order: number): SymmetricMatrix {
    return new PlainMatrix(order);
  }

  dispose(): void {}

  addOuter(out: SymmetricMatrix, rows: Matrix | Float64Array, factor: number): void {
    const numbers = rows instanceof Float64Array ? rows : this.#backend.read(rows);
    const { order } = out;
    for (let start = 0; start < numbers.length; start += order) {
      const row = numbers.subarray(start, start + order);
      for (let i = 0; i < order; i++) {
        const left = factor * (row[i] as number);
        for (let j = 0; j < order; j++) plain(out).add(i, j, left * (row[j] as number));
      }
    }
  }

  addTriangle(out: SymmetricMatrix, triangle: Float64Array, factor: number): void {
    let index = 0;
    for (let i = 0; i < out.order; i++) {
      for (let j = 0; j <= i; j++) {
        const value = factor * (triangle[index++] as number);
        plain(out).add(i, j, value);
        if (j < i) plain(out).add(j, i, value);
      }
    }
  }

  addDiagonal(out: SymmetricMatrix, values: number | Float64Array): void {
    for (let i = 0; i < out.order; i++) {
      plain(out).add(i, i, typeof values === 'number' ? values : (values[i] as number));
    }
  }

  copy(out: SymmetricMatrix, source: SymmetricMatrix): void {
    plain(out).values.set(plain(source).values);
  }

  trace(source: SymmetricMatrix): number {
    let sum = 0;
    for (let i = 0; i < source.order; i++) sum += plain(source).at(i, i);
    return sum;
  }

  triangle(source: SymmetricMatrix): Float64Array {
    const { order } = source;
    const rows = Array.from({ length: order }, (_, i) => [
      ...plain(source).values.subarray(i * order, i * order + i + 1),
    ]);
    return Float64Array.from(rows.flat());
  }

  factor(matrix: SymmetricMatrix): number {
    const l = plain(matrix);
    for (let i = 0; i < l.order; i++) {
      for (let j = 0; j <= i; j++) {
        for (let k = 0; k < j; k++) l.add(i, j, -l.at(i, k) * l.at(j, k));
        if (i === j && !(l.at(i, i) > 0)) return i;
        l.values[i * l.order + j] = i === j ? Math.sqrt(l.at(i, i)) : l.at(i, j) / l.at(j, j);
      }
    }
    return -1;
  }

  solve(factor: SymmetricMatrix, rows: Float64Array): Float64Array {
    const l = plain(factor);
    const solutions = rows.slice();
    for (let start = 0; start < rows.length; start += l.order) {
      const x = solutions.subarray(start, start + l.order);
      for (let i = 0; i < l.order; i++) {
        for (let k = 0; k < i; k++) x[i] = (x[i] as number) - l.at(i, k) * (x[k] as number);
        x[i] = (x[i] as number) / l.at(i, i);
      }
      for (let i = l.order - 1; i >= 0; i--) {
        for (let k = i + 1; k < l.order; k++) {
          x[i] = (x[i] as number) - l.at(k, i) * (x[k] as number);
        }
        x[i] = (x[i] as number) / l.at(i, i);
      }
    }
    return solutions;
  }
}
