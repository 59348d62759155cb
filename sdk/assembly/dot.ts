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
 * out [rows] = matrix [rows, columns] · a [columns]. Row after row, since memory is fastest in order:
 * several rows at a time would share the loads of `a`, but take three times as long from main memory.
 */
export function dotRows(out: usize, matrix: usize, a: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns * float;
  for (; rows > 0; rows--, out += float, matrix += stride) {
    store<f32>(out, dot(matrix, a, columns));
  }
}
