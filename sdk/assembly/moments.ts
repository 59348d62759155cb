/** Batch normalisation (Ioffe, Szegedy 2015) without its scale: columns of mean 0 and variance 1. */
import { addScaled, scale } from './elements';
import { float, multiplyAdd, vector, vectorsEnd } from './vector';

/** Added to variances, so that a column of equal numbers does not blow up. */
const leastVariance: f32 = 1e-5;

/** mean, variance [columns] of each column of a [rows, columns]; rows ≥ 1. */
export function columnMoments(
  mean: usize,
  variance: usize,
  a: usize,
  rows: i32,
  columns: i32,
): void {
  const stride = <usize>columns * float;
  const share = <f32>1 / <f32>rows;
  memory.fill(mean, 0, stride);
  memory.fill(variance, 0, stride);
  let row = a;
  for (let i = 0; i < rows; i++, row += stride) addScaled(mean, row, columns, 1);
  scale(mean, mean, columns, share);
  row = a;
  for (let i = 0; i < rows; i++, row += stride) addSquares(variance, row, mean, columns);
  scale(variance, variance, columns, share);
}

/** out += (a − mean)². */
function addSquares(out: usize, a: usize, mean: usize, count: i32): void {
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector) {
    const difference = f32x4.sub(v128.load(a), v128.load(mean));
    v128.store(out, multiplyAdd(difference, difference, v128.load(out)));
    mean += vector;
    out += vector;
  }
  for (; a < end; a += float, mean += float, out += float) {
    const difference = load<f32>(a) - load<f32>(mean);
    store<f32>(out, load<f32>(out) + difference * difference);
  }
}

/** a ← (a − mean) / √(variance + ε), column by column; `room` for `columns` numbers. */
export function standardise(
  a: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  columns: i32,
  room: usize,
): void {
  inverseDeviations(room, variance, columns);
  for (let row = 0; row < rows; row++) {
    let m = mean;
    let s = room;
    const end = a + <usize>columns * float;
    for (const whole = vectorsEnd(a, columns); a < whole; a += vector, m += vector, s += vector) {
      v128.store(a, f32x4.mul(f32x4.sub(v128.load(a), v128.load(m)), v128.load(s)));
    }
    for (; a < end; a += float, m += float, s += float) {
      store<f32>(a, (load<f32>(a) - load<f32>(m)) * load<f32>(s));
    }
  }
}

/**
 * Gradient through standardising by the batch's own moments, in the place of v [rows, columns]:
 * v ← (v − mean(v) − z · mean(v ⊙ z)) / √(variance + ε), means over the rows.
 * @param z the standardised numbers, @param room for 3 · columns numbers
 */
export function standardiseGradient(
  v: usize,
  z: usize,
  variance: usize,
  rows: i32,
  columns: i32,
  room: usize,
): void {
  const stride = <usize>columns * float;
  const means = room + stride;
  const products = means + stride;
  const share = <f32>1 / <f32>rows;
  inverseDeviations(room, variance, columns);
  memory.fill(means, 0, 2 * stride);
  let g = v;
  let x = z;
  for (let row = 0; row < rows; row++, g += stride, x += stride) {
    addScaled(means, g, columns, 1);
    addProducts(products, g, x, columns);
  }
  scale(means, means, 2 * columns, share);
  for (let row = 0; row < rows; row++, z += stride) {
    let x = z;
    let s = room;
    const end = v + stride;
    for (const whole = vectorsEnd(v, columns); v < whole; v += vector, x += vector, s += vector) {
      const m = v128.load(s + stride);
      const p = v128.load(s + 2 * stride);
      const left = f32x4.sub(f32x4.sub(v128.load(v), m), f32x4.mul(v128.load(x), p));
      v128.store(v, f32x4.mul(left, v128.load(s)));
    }
    for (; v < end; v += float, x += float, s += float) {
      const left = load<f32>(v) - load<f32>(s + stride) - load<f32>(x) * load<f32>(s + 2 * stride);
      store<f32>(v, left * load<f32>(s));
    }
  }
}

/** out += a ⊙ b. */
function addProducts(out: usize, a: usize, b: usize, count: i32): void {
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector, b += vector, out += vector) {
    v128.store(out, multiplyAdd(v128.load(a), v128.load(b), v128.load(out)));
  }
  for (; a < end; a += float, b += float, out += float) {
    store<f32>(out, load<f32>(out) + load<f32>(a) * load<f32>(b));
  }
}

/** out = 1 / √(variance + ε). */
function inverseDeviations(out: usize, variance: usize, count: i32): void {
  for (const end = out + <usize>count * float; out < end; out += float, variance += float) {
    store<f32>(out, 1 / sqrt<f32>(load<f32>(variance) + leastVariance));
  }
}
