/** Inner products: lengths of rows, and the cosines of one sample to all prototypes. */
import { float, lanesSum, multiplyAdd, vector, vectorsEnd } from './vector';

/** a · b over `count` numbers. */
export function dot(a: usize, b: usize, count: i32): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const end = a + <usize>count * float;
  const whole = vectorsEnd(a, count);
  for (const fours = vectorsEnd(a, count & ~15); a < fours; a += 4 * vector, b += 4 * vector) {
    sum0 = multiplyAdd(v128.load(a), v128.load(b), sum0);
    sum1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), sum1);
    sum2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), sum2);
    sum3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), sum3);
  }
  for (; a < whole; a += vector, b += vector) {
    sum0 = multiplyAdd(v128.load(a), v128.load(b), sum0);
  }
  let sum = lanesSum(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
  for (; a < end; a += float, b += float) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/**
 * out [rows] = matrix [rows, columns] · a [columns]. Four rows share each load of `a`. They lie a
 * quarter of the matrix apart: each of four streams goes from row to row without a break, which
 * memory answers fastest. Four adjacent rows would take three times as long from main memory.
 */
export function dotRows(out: usize, matrix: usize, a: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  const quarter = <usize>(rows >> 2);
  const apart = quarter * float;
  const end = out + <usize>rows * float;
  for (const next = out + apart; out < next; out += float, matrix += stride) {
    dotFour(out, apart, matrix, quarter * stride, a, columns);
  }
  out += 3 * apart;
  matrix += 3 * quarter * stride;
  for (; out < end; out += float, matrix += stride) store<f32>(out, dot(matrix, a, columns));
}

/** Four entries of `out`, `apart` bytes from each other, from four rows, `stride` bytes from each other. */
function dotFour(
  out: usize,
  apart: usize,
  row0: usize,
  stride: usize,
  a: usize,
  columns: i32,
): void {
  let row1 = row0 + stride;
  let row2 = row1 + stride;
  let row3 = row2 + stride;
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let more0 = sum0;
  let more1 = sum0;
  let more2 = sum0;
  let more3 = sum0;
  const end = a + <usize>columns * float;
  const pairs = vectorsEnd(a, columns & ~7);
  while (a < pairs) {
    const x = v128.load(a);
    sum0 = multiplyAdd(v128.load(row0), x, sum0);
    sum1 = multiplyAdd(v128.load(row1), x, sum1);
    sum2 = multiplyAdd(v128.load(row2), x, sum2);
    sum3 = multiplyAdd(v128.load(row3), x, sum3);
    const y = v128.load(a, 16);
    more0 = multiplyAdd(v128.load(row0, 16), y, more0);
    more1 = multiplyAdd(v128.load(row1, 16), y, more1);
    more2 = multiplyAdd(v128.load(row2, 16), y, more2);
    more3 = multiplyAdd(v128.load(row3, 16), y, more3);
    a += 2 * vector;
    row0 += 2 * vector;
    row1 += 2 * vector;
    row2 += 2 * vector;
    row3 += 2 * vector;
  }
  let total0 = lanesSum(f32x4.add(sum0, more0));
  let total1 = lanesSum(f32x4.add(sum1, more1));
  let total2 = lanesSum(f32x4.add(sum2, more2));
  let total3 = lanesSum(f32x4.add(sum3, more3));
  while (a < end) {
    const x = load<f32>(a);
    total0 += load<f32>(row0) * x;
    total1 += load<f32>(row1) * x;
    total2 += load<f32>(row2) * x;
    total3 += load<f32>(row3) * x;
    a += float;
    row0 += float;
    row1 += float;
    row2 += float;
    row3 += float;
  }
  store<f32>(out, total0);
  store<f32>(out + apart, total1);
  store<f32>(out + 2 * apart, total2);
  store<f32>(out + 3 * apart, total3);
}
