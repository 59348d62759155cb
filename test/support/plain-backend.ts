/**
 * The numeric operations as plain loops in float64: slow, short, and the oracle for every engine.
 * The formulas are those of the interfaces' comments.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import { type Numbers, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import type { AdamSettings, TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { PlainImages } from './plain-images.ts';
import { fill, PlainMatrix, plain, sum } from './plain-matrix.ts';

export class PlainBackend implements TrainingBackend {
  readonly name = 'plain';
  readonly images = new PlainImages();

  async loadImages(): Promise<void> {}

  matrix(rows: number, columns: number): Matrix {
    return new PlainMatrix(rows, columns);
  }

  load(numbers: Numbers, rows: number, columns: number): Matrix {
    const matrix = new PlainMatrix(rows, columns);
    matrix.values = Float64Array.from(toFloat32(numbers));
    return matrix;
  }

  freeze(numbers: Numbers, rows: number, columns: number): Matrix {
    return this.load(numbers, rows, columns);
  }

  allFinite(matrix: Matrix): boolean {
    return plain(matrix).values.every(Number.isFinite);
  }

  write(out: Matrix, values: Float32Array, rows: number): void {
    fill(
      out,
      rows,
      values.length / rows,
      (i, j) => values[i * (values.length / rows) + j] as number,
    );
  }

  read(source: Matrix): Float32Array {
    return Float32Array.from(plain(source).values);
  }

  dispose(): void {}

  affineRelu(out: Matrix, x: Matrix, weight: Matrix, bias: Matrix): void {
    fill(out, x.rows, weight.columns, (i, j) =>
      Math.max(
        0,
        plain(bias).at(0, j) + sum(x.columns, (k) => plain(x).at(i, k) * plain(weight).at(k, j)),
      ),
    );
  }

  project(unit: Matrix, inverseNorm: Matrix, a: Matrix): void {
    fill(inverseNorm, a.rows, 1, (i) => inverse(rowNorm(plain(a), i)));
    fill(unit, a.rows, a.columns, (i, j) => plain(a).at(i, j) * plain(inverseNorm).at(i, 0));
  }

  multiply(out: Matrix, a: Matrix, b: Matrix, transpose?: 'left' | 'right'): void {
    const left = (i: number, k: number) =>
      transpose === 'left' ? plain(a).at(k, i) : plain(a).at(i, k);
    const right = (k: number, j: number) =>
      transpose === 'right' ? plain(b).at(j, k) : plain(b).at(k, j);
    const inner = transpose === 'left' ? a.rows : a.columns;
    const rows = transpose === 'left' ? a.columns : a.rows;
    const columns = transpose === 'right' ? b.rows : b.columns;
    fill(out, rows, columns, (i, j) => sum(inner, (k) => left(i, k) * right(k, j)));
  }

  classScores(scores: Matrix, cosines: Matrix, offsets: Uint32Array, sharpness: number): void {
    fill(scores, cosines.rows, offsets.length - 1, (i, c) => {
      const own = ownCosines(plain(cosines), i, c, offsets);
      const largest = Math.max(...own);
      const sum = own.reduce((total, t) => total + Math.exp(sharpness * (t - largest)), 0);
      return largest + Math.log(sum / own.length) / sharpness;
    });
  }

  classScoresGradient(
    out: Matrix,
    gradient: Matrix,
    _scores: Matrix,
    cosines: Matrix,
    offsets: Uint32Array,
    sharpness: number,
  ): void {
    fill(out, cosines.rows, cosines.columns, (i, p) => {
      const c = offsets.findLastIndex((offset) => offset <= p);
      const own = ownCosines(plain(cosines), i, c, offsets);
      const t = plain(cosines).at(i, p);
      const sum = own.reduce((total, other) => total + Math.exp(sharpness * (other - t)), 0);
      return plain(gradient).at(i, c) / sum;
    });
  }

  sphereGradient(
    out: Matrix,
    unit: Matrix,
    inverseNorm: Matrix,
    v: Matrix,
    before: 'relu' | 'linear',
  ): void {
    fill(out, v.rows, v.columns, (i, j) => {
      const u = plain(unit).at(i, j);
      if (before === 'relu' && u <= 0) return 0;
      return (
        (plain(v).at(i, j) - rowDot(plain(unit), plain(v), i) * u) * plain(inverseNorm).at(i, 0)
      );
    });
  }

  tangent(direction: Matrix, p: Matrix): void {
    fill(
      direction,
      p.rows,
      p.columns,
      (i, j) =>
        plain(direction).at(i, j) - rowDot(plain(direction), plain(p), i) * plain(p).at(i, j),
    );
  }

  columnSums(out: Matrix, a: Matrix): void {
    fill(out, 1, a.columns, (_, j) => sum(a.rows, (i) => plain(a).at(i, j)));
  }

  scale(out: Matrix, a: Matrix, factor: number): void {
    fill(out, a.rows, a.columns, (i, j) => factor * plain(a).at(i, j));
  }

  hadamard(out: Matrix, a: Matrix, b: Matrix): void {
    fill(out, a.rows, a.columns, (i, j) => plain(a).at(i, j) * plain(b).at(i, j));
  }

  adam(gradient: Matrix, first: Matrix, second: Matrix, settings: AdamSettings): void {
    const { beta1, beta2, epsilon } = settings;
    fill(
      first,
      first.rows,
      first.columns,
      (i, j) => beta1 * plain(first).at(i, j) + plain(gradient).at(i, j),
    );
    fill(
      second,
      first.rows,
      first.columns,
      (i, j) => beta2 * plain(second).at(i, j) + plain(gradient).at(i, j) ** 2,
    );
    fill(
      gradient,
      first.rows,
      first.columns,
      (i, j) => plain(first).at(i, j) / (Math.sqrt(plain(second).at(i, j)) + epsilon),
    );
  }

  descend(parameter: Matrix, direction: Matrix, rate: number): void {
    fill(
      parameter,
      direction.rows,
      direction.columns,
      (i, j) => plain(parameter).at(i, j) - rate * plain(direction).at(i, j),
    );
  }

  normaliseRows(a: Matrix): void {
    fill(a, a.rows, a.columns, (i, j) => plain(a).at(i, j) * inverse(rowNorm(plain(a), i)));
  }
}

function ownCosines(cosines: PlainMatrix, row: number, c: number, offsets: Uint32Array): number[] {
  const [first, end] = [offsets[c] as number, offsets[c + 1] as number];
  return Array.from({ length: end - first }, (_, k) => cosines.at(row, first + k));
}

function rowDot(a: PlainMatrix, b: PlainMatrix, row: number): number {
  return sum(a.columns, (j) => a.at(row, j) * b.at(row, j));
}

function rowNorm(a: PlainMatrix, row: number): number {
  return Math.sqrt(rowDot(a, a, row));
}

function inverse(norm: number): number {
  return norm < 1e-6 ? 0 : 1 / norm;
}
