/** Inner products of one vector with the rows of a matrix: cosines to prototypes, for one sample. */
import { float, lanesSum, multiplyAdd, vector, vectorsEnd } from './vector';

/** a · b over `count` numbers. */
export function dot(a: usize, b: usize, count: i32): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  const end = a + <usize>count * float;
  const whole = vectorsEnd(a, count);
  for (const pairs = vectorsEnd(a, count & ~7); a < pairs; a += 2 * vector, b += 2 * vector) {
    even = multiplyAdd(v128.load(a), v128.load(b), even);
    odd = multiplyAdd(v128.load(a, 16), v128.load(b, 16), odd);
  }
  for (; a < whole; a += vector, b += vector) {
    even = multiplyAdd(v128.load(a), v128.load(b), even);
  }
  let sum = lanesSum(f32x4.add(even, odd));
  for (; a < end; a += float, b += float) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/** out [rows] = matrix [rows, columns] · a [columns]; four rows share each load of `a`. */
export function dotRows(out: usize, matrix: usize, a: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  const fours = out + <usize>(rows & ~3) * float;
  const end = out + <usize>rows * float;
  for (; out < fours; out += 4 * float, matrix += 4 * stride) {
    dotFour(out, matrix, a, columns, stride);
  }
  for (; out < end; out += float, matrix += stride) store<f32>(out, dot(matrix, a, columns));
}

function dotFour(out: usize, row0: usize, a: usize, columns: i32, stride: usize): void {
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
  store<f32>(out, total1, 4);
  store<f32>(out, total2, 8);
  store<f32>(out, total3, 12);
}
