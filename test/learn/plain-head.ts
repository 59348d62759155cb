/**
 * The oracle for heads: the formulas of `fit-head.ts` in float64, from the samples themselves and with
 * a full inverse.
 */
export interface PlainClass {
  readonly label: string;
  /** All samples, those of the base first. */
  readonly rows: readonly Float32Array[];
  readonly taught: boolean;
}

export interface PlainHead {
  readonly weights: readonly Float64Array[];
  readonly offsets: readonly number[];
  readonly expected: readonly number[];
  readonly deviations: readonly number[];
  readonly means: readonly Float64Array[];
  readonly reaches: readonly number[];
}

/** Square, row by row. */
export class Square {
  readonly order: number;
  readonly values: Float64Array;

  constructor(order: number) {
    this.order = order;
    this.values = new Float64Array(order * order);
  }

  row(i: number): Float64Array {
    return this.values.subarray(i * this.order, (i + 1) * this.order);
  }

  get trace(): number {
    let sum = 0;
    for (let i = 0; i < this.order; i++) sum += this.row(i)[i] as number;
    return sum;
  }

  times(vector: Float64Array): Float64Array {
    return vector.map((_, i) => dot(this.row(i), vector));
  }

  /** By Gauss and Jordan, with pivots. */
  inverse(): Square {
    const left = new Square(this.order);
    const right = new Square(this.order);
    left.values.set(this.values);
    for (let i = 0; i < this.order; i++) right.row(i)[i] = 1;
    for (let column = 0; column < this.order; column++) {
      let pivot = column;
      for (let i = column; i < this.order; i++) {
        const size = (k: number) => Math.abs(left.row(k)[column] as number);
        if (size(i) > size(pivot)) pivot = i;
      }
      for (const half of [left, right]) {
        const swapped = half.row(pivot).slice();
        half.row(pivot).set(half.row(column));
        half.row(column).set(swapped);
      }
      const scale = left.row(column)[column] as number;
      for (const half of [left, right])
        half.row(column).set(half.row(column).map((v) => v / scale));
      for (let i = 0; i < this.order; i++) {
        const factor = i === column ? 0 : (left.row(i)[column] as number);
        for (const half of [left, right]) {
          const from = half.row(column);
          half.row(i).set(half.row(i).map((v, j) => v - factor * (from[j] as number)));
        }
      }
    }
    return right;
  }
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

export function meanOf(rows: readonly Float32Array[], dimension: number): Float64Array {
  return Float64Array.from(
    { length: dimension },
    (_, i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length,
  );
}

/** Σ (u − μ)(u − μ)ᵀ over the classes. */
export function scatterOf(classes: readonly PlainClass[], dimension: number): Square {
  const scatter = new Square(dimension);
  for (const { rows } of classes) {
    const mean = meanOf(rows, dimension);
    for (const row of rows) {
      const deviation = mean.map((value, i) => (row[i] as number) - value);
      deviation.forEach((left, i) => {
        const out = scatter.row(i);
        out.set(out.map((value, j) => value + left * (deviation[j] as number)));
      });
    }
  }
  return scatter;
}

/**
 * @param usualSquare mean ‖μ‖² of the base's samples
 * @param traceOf estimates tr(Σ⁻¹) as the head does
 * @param least part of the ridge that is always there
 */
export function plainHead(
  classes: readonly PlainClass[],
  dimension: number,
  usualSquare: number,
  traceOf: (covariance: Square) => number,
  least = 0.01,
): PlainHead {
  const scatter = scatterOf(classes, dimension);
  const samples = classes.reduce((sum, { rows }) => sum + rows.length, 0);
  const freedom = Math.max(1, samples - classes.length);
  const variance = scatter.trace / freedom / dimension;
  const few = classes.filter(({ taught }) => taught).map(({ rows }) => 1 / (1 + rows.length / 20));
  const thin = ((usualSquare > 0 ? 0.1 : 1) * dimension) / freedom;
  const units = least + Math.max(0, ...few) + thin;
  const ridge = units * variance + 1e-6 / dimension;
  const covariance = new Square(dimension);
  covariance.values.set(scatter.values.map((value) => value / freedom));
  for (let i = 0; i < dimension; i++)
    covariance.row(i)[i] = ridge + (covariance.row(i)[i] as number);
  const inverse = covariance.inverse();
  const noise = Math.max(0, dimension - ridge * traceOf(covariance));

  const means = classes.map(({ rows }) => meanOf(rows, dimension));
  const known = classes.map(({ rows }) => rows.length / (rows.length + 10));
  const total = known.reduce((sum, weight) => sum + weight, 0);
  const average = (numbers: readonly number[]) => dot(known, numbers) / total;
  const alone = classes.length === 1;
  const centre = Float64Array.from({ length: dimension }, (_, i) =>
    alone ? 0 : average(means.map((mean) => mean[i] as number)),
  );
  const apart = means.map((mean) => mean.map((value, i) => value - (centre[i] as number)));
  const solved = apart.map((deviation) => inverse.times(deviation));
  const lengths = apart.map((deviation, c) => dot(deviation, solved[c] as Float64Array));
  const ownNoise = classes.map(({ rows }) => noise / rows.length);
  const signal = Math.max(
    average(lengths.map((length, c) => length - (ownNoise[c] as number))),
    0.1 * average(lengths),
  );
  const shrinks = ownNoise.map((own) => (signal > 0 ? signal / (signal + own) : 1));
  const weights = solved.map((weight, c) => weight.map((value) => (shrinks[c] as number) * value));
  const halves = lengths.map((length, c) => ((shrinks[c] as number) ** 2 * length) / 2);
  return {
    weights,
    offsets: halves.map((half, c) => -half - dot(weights[c] as Float64Array, centre)),
    expected: halves,
    deviations: weights.map((weight, c) => {
      const { taught } = classes[c] as PlainClass;
      const within = taught
        ? dot(weight, covariance.times(weight))
        : dot(weight, scatter.times(weight)) / freedom;
      return Math.sqrt(Math.max(within, 0.02 * (halves[c] as number), 1e-12));
    }),
    means,
    reaches: means.map((mean, c) => {
      const square = dot(mean, mean);
      const without = square - scatter.trace / freedom / (classes[c] as PlainClass).rows.length;
      return Math.max(without, Math.min(square, usualSquare)) / (Math.sqrt(square) || 1);
    }),
  };
}
