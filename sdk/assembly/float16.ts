/** IEEE 754 half precision to single, four numbers at once. */
import { float, vector } from './vector';

/** 2¹¹²: the difference of the two formats' exponent biases. */
const rebias = reinterpret<f32>((<u32>(127 + 112)) << 23);

/**
 * Four finite numbers from the bits of their halves, sign-extended. A product shifts the exponent,
 * which is right for subnormal numbers too.
 */
export function fromFloat16(halves: v128): v128 {
  const bits = v128.and(i32x4.shl(halves, 13), i32x4.splat(<i32>0x8fffe000));
  return f32x4.mul(bits, f32x4.splat(rebias));
}

/** The same for all numbers, infinities and NaN included. */
function fromAnyFloat16(halves: v128): v128 {
  const exponent = i32x4.splat(0x7c00);
  const notFinite = i32x4.eq(v128.and(halves, exponent), exponent);
  return v128.or(fromFloat16(halves), v128.and(notFinite, i32x4.splat(0x7f800000)));
}

/** out = the `count` numbers at `halves` as float32. */
export function decodeFloat16(out: usize, halves: usize, count: i32): void {
  for (; count >= 4; count -= 4, out += vector, halves += 8) {
    v128.store(out, fromAnyFloat16(v128.load16x4_s(halves)));
  }
  for (; count > 0; count--, out += float, halves += 2) {
    store<f32>(out, f32x4.extract_lane(fromAnyFloat16(i32x4.splat(<i32>load<i16>(halves))), 0));
  }
}
