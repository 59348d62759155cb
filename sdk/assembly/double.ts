/** `vector.ts` for float64, two numbers to a vector; without relaxed SIMD, since `extra.ts` is. */

/** Bytes of a float64. */
export const double: usize = 8;

/** a · b + c, two numbers at once. */
export function multiplyAddDoubles(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}
