/** The axes along which points differ most, in an order and direction that stay when points are added. */

type Vector = Float64Array;

const rounds = 40;

/**
 * Three orthonormal axes of the space in which the rows differ most, as near to `before` as they can be.
 * @param rows differences from a centre, of one length
 * @param before the axes of fewer rows; without, those of the first rows
 */
export function principalAxes(rows: readonly Vector[], before: readonly Vector[] = []): Vector[] {
  const start = before.length > 0 ? before : rows.slice(0, 3);
  let space = orthonormal(start);
  for (let round = 0; round < rounds; round++)
    space = orthonormal(space.map((axis) => spread(rows, axis)));
  if (before.length === 0) return space;
  // The old axes as the new space sees them.
  return orthonormal(
    before.map((axis) =>
      combine(
        space,
        space.map((each) => dot(each, axis)),
        axis.length,
      ),
    ),
  );
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Σ rowᵀ row · axis. */
function spread(rows: readonly Vector[], axis: Vector): Vector {
  return combine(
    rows,
    rows.map((row) => dot(row, axis)),
    axis.length,
  );
}

function combine(rows: readonly Vector[], factors: readonly number[], length: number): Vector {
  const sum = new Float64Array(length);
  rows.forEach((row, r) => {
    const factor = factors[r] as number;
    for (let i = 0; i < length; i++) sum[i] = (sum[i] as number) + factor * (row[i] as number);
  });
  return sum;
}

/** Gram and Schmidt; axes that others span already become zero. */
function orthonormal(axes: readonly Vector[]): Vector[] {
  const done: Vector[] = [];
  for (const axis of axes) {
    const factors = done.map((each) => -dot(each, axis));
    const own = combine([axis, ...done], [1, ...factors], axis.length);
    const length = Math.sqrt(dot(own, own));
    done.push(own.map((value) => (length > 1e-9 ? value / length : 0)));
  }
  return done;
}
