/**
 * Exponential and logarithm in single precision, to about 2e-7 relative: the argument is reduced by
 * powers of two, the rest is a polynomial (Cephes, `expf` and `logf`; Moshier 1989).
 */
import { float, multiplyAdd, vector } from './vector';

/** ln 2 in two parts, the first with few digits, so that its multiples are exact. */
const ln2High: f32 = 0.693359375;
const ln2Low: f32 = -2.1219444e-4;
/** Below it the result is less than the smallest normal number: zero here. */
const lowest: f32 = -87.3;
const highest: f32 = 88.3;

/** a = exp(a), `count` numbers up to 88, in place. */
export function exponentials(a: usize, count: i32): void {
  for (; count >= 4; count -= 4, a += vector) v128.store(a, exponential(v128.load(a)));
  for (; count > 0; count--, a += float) {
    store<f32>(a, f32x4.extract_lane(exponential(v128.load32_splat(a)), 0));
  }
}

function exponential(a: v128): v128 {
  const x = f32x4.min(f32x4.max(a, f32x4.splat(lowest)), f32x4.splat(highest));
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(Mathf.LOG2E)));
  const partly = f32x4.sub(x, f32x4.mul(power, f32x4.splat(ln2High)));
  const r = f32x4.sub(partly, f32x4.mul(power, f32x4.splat(ln2Low)));
  let p = f32x4.splat(1.98756915e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  const value = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(value, exponent), f32x4.ge(a, f32x4.splat(lowest)));
}

/** log(a) for a normal number a > 0. */
export function logarithm(a: f32): f32 {
  const bits = reinterpret<i32>(a);
  // a = m · 2^e with m from √½ to √2.
  const e = (bits - 0x3f3504f3) >> 23;
  const m = reinterpret<f32>(bits - (e << 23)) - 1;
  let p: f32 = 7.0376836292e-2;
  p = p * m - 1.151461031e-1;
  p = p * m + 1.167699874e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  const square = m * m;
  const power = <f32>e;
  return p * m * square + power * ln2Low - 0.5 * square + m + power * ln2High;
}
