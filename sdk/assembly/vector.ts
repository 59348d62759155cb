/**
 * The two steps that every kernel is made of. `multiplyAdd` is one rounding in the binary for relaxed
 * SIMD and two in the others; all other code is the same for all.
 *
 * All kernels take addresses in bytes and counts of numbers; any count is allowed, addresses need no
 * alignment beyond that of a number.
 */

/** Bytes of a float32, and of a vector of four. */
export const float: usize = 4;
export const vector: usize = 16;

/** a · b + c, four numbers at once. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of the four numbers. */
export function lanesSum(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

/** Where the whole vectors of `count` numbers from `start` end. */
export function vectorsEnd(start: usize, count: i32): usize {
  return start + <usize>(count & ~3) * float;
}
