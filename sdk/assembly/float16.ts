/** IEEE 754 half precision to single, four numbers at once. */
import { float, vector } from './vector';

/** 2¹¹²: the difference of the two formats' exponent biases. */
const rebias = reinterpret<f32>((<u32>(127 + 112)) << 23);

/** @param count 1 to 4 numbers to read at `halves`; the others become zero */
// @ts-expect-error: decorator
export function fromFloat16x4(halves: usize, count: i32): v128 {
  return widen(count === 4 ? v128.load16x4_u(halves) : loadSome(halves, count));
}

function loadSome(halves: usize, count: i32): v128 {
  let words = i32x4.splat(0);
  words = i32x4.replace_lane(words, 0, load<u16>(halves));
  if (count > 1) words = i32x4.replace_lane(words, 1, load<u16>(halves, 2));
  if (count > 2) words = i32x4.replace_lane(words, 2, load<u16>(halves, 4));
  return words;
}

/** The exponent is shifted by a product, which is right for subnormal numbers too. */
// @ts-expect-error: decorator
function widen(halves: v128): v128 {
  const magnitude = i32x4.shl(v128.and(halves, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(halves, i32x4.splat(0x8000)), 16);
  const notFinite = v128.and(
    i32x4.ge_u(magnitude, i32x4.splat(0x7c00 << 13)),
    i32x4.splat(0x7f800000),
  );
  const value = f32x4.mul(magnitude, f32x4.splat(rebias));
  return v128.or(v128.or(value, sign), notFinite);
}

/** out = the `count` numbers at `halves` as float32. */
export function decodeFloat16(out: usize, halves: usize, count: i32): void {
  for (; count >= 4; count -= 4, out += vector, halves += 8) {
    v128.store(out, fromFloat16x4(halves, 4));
  }
  for (; count > 0; count--, out += float, halves += 2) {
    store<f32>(out, f32x4.extract_lane(fromFloat16x4(halves, 1), 0));
  }
}
