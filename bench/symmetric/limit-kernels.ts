// @ts-nocheck: AssemblyScript, compiled by limits.ts.
/** What bounds work on symmetric matrices: multiply–adds in registers, memory read and written. */

function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/**
 * 32 operations of float64 a step, in eight chains: as many as the tile of our kernels has. Both
 * factors stay in registers or in the first-level cache.
 * @param from 4 KB of factors that differ, so that no product can be kept for the next step
 * @returns a number that depends on all of them, so that none can be left out
 */
export function multiplyAdds(from: usize, steps: i32): f64 {
  // Loaded, since a constant would be made anew in every step.
  const left = v128.load(from);
  const right = v128.load(from, 16);
  const other = v128.load(from, 32);
  const last = v128.load(from, 48);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (; steps > 0; steps -= 128) {
    for (let at = from; at < from + 4096; at += 32) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      a = multiplyAdd(x, left, a);
      b = multiplyAdd(y, left, b);
      c = multiplyAdd(x, right, c);
      d = multiplyAdd(y, right, d);
      e = multiplyAdd(x, other, e);
      f = multiplyAdd(y, other, f);
      g = multiplyAdd(x, last, g);
      h = multiplyAdd(y, last, h);
    }
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  e = f64x2.add(f64x2.add(e, f), f64x2.add(g, h));
  a = f64x2.add(a, e);
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** Adds the addend to all numbers of float64 in `length` bytes, a multiple of 64. */
export function addToAll(start: usize, length: usize, addend: f64): void {
  const addends = f64x2.splat(addend);
  for (const end = start + length; start < end; start += 64) {
    v128.store(start, f64x2.add(v128.load(start), addends));
    v128.store(start, f64x2.add(v128.load(start, 16), addends), 16);
    v128.store(start, f64x2.add(v128.load(start, 32), addends), 32);
    v128.store(start, f64x2.add(v128.load(start, 48), addends), 48);
  }
}
