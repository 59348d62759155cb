/** The unit sphere, row by row: on to it, tangent to it, and gradients through it. */
import { dot } from './dot';
import { addScaled, scale } from './elements';
import { float, multiplyAdd, vector, vectorsEnd } from './vector';

/** Rows shorter than this have no direction. */
const shortestNorm: f32 = 1e-6;

/** 1 / ‖row‖, 0 for a row without direction, NaN for one whose length leaves float32. */
function inverseNormOf(row: usize, columns: i32): f32 {
  const norm = sqrt<f32>(dot(row, row, columns));
  const overflow = norm - norm;
  return norm < shortestNorm ? 0 : 1 / norm + overflow;
}

/** unit = a / ‖a‖, inverseNorm [rows] = 1 / ‖a‖. */
export function project(unit: usize, inverseNorm: usize, a: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  for (let row = 0; row < rows; row++) {
    const inverse = inverseNormOf(a, columns);
    store<f32>(inverseNorm, inverse);
    scale(unit, a, columns, inverse);
    inverseNorm += float;
    unit += stride;
    a += stride;
  }
}

/** a ← a / ‖a‖. */
export function normaliseRows(a: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  for (let row = 0; row < rows; row++, a += stride) {
    scale(a, a, columns, inverseNormOf(a, columns));
  }
}

/** direction ← direction − (direction · p) p. */
export function tangent(direction: usize, p: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  for (let row = 0; row < rows; row++, direction += stride, p += stride) {
    addScaled(direction, p, columns, -dot(direction, p, columns));
  }
}

/**
 * out = (v − (unit · v) unit) · inverseNorm.
 * @param relu whether only where unit > 0, for a ReLU before the sphere; elsewhere 0
 */
export function sphereGradient(
  out: usize,
  unit: usize,
  inverseNorm: usize,
  v: usize,
  rows: i32,
  columns: i32,
  relu: bool,
): void {
  const stride = <usize>columns * float;
  const least: f32 = relu ? 0 : -f32.MAX_VALUE;
  for (let row = 0; row < rows; row++) {
    const radial = -dot(unit, v, columns);
    gradientRow(out, unit, v, columns, radial, load<f32>(inverseNorm), least);
    inverseNorm += float;
    out += stride;
    unit += stride;
    v += stride;
  }
}

function gradientRow(
  out: usize,
  u: usize,
  v: usize,
  columns: i32,
  radial: f32,
  inverse: f32,
  least: f32,
): void {
  const radials = f32x4.splat(radial);
  const inverses = f32x4.splat(inverse);
  const leasts = f32x4.splat(least);
  const end = u + <usize>columns * float;
  for (const whole = vectorsEnd(u, columns); u < whole; u += vector, v += vector, out += vector) {
    const units = v128.load(u);
    const gradient = f32x4.mul(multiplyAdd(units, radials, v128.load(v)), inverses);
    v128.store(out, v128.and(gradient, f32x4.gt(units, leasts)));
  }
  for (; u < end; u += float, v += float, out += float) {
    const x = load<f32>(u);
    store<f32>(out, x > least ? (load<f32>(v) + radial * x) * inverse : 0);
  }
}
