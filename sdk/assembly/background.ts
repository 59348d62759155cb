/** The value that most inputs of a sample have: zero, or that of the first, the paper of a drawing. */
import { float, vector, vectorsEnd } from './vector';

/** @returns 0, or x_0 where more inputs equal that */
export function pickBackground(x: usize, inputs: i32): f32 {
  if (inputs === 0) return 0;
  const first = load<f32>(x);
  return countEqual(x, inputs, first) > countEqual(x, inputs, 0) ? first : 0;
}

export function countEqual(x: usize, inputs: i32, value: f32): i32 {
  const values = f32x4.splat(value);
  let counts = i32x4.splat(0);
  const end = x + <usize>inputs * float;
  for (const whole = vectorsEnd(x, inputs); x < whole; x += vector) {
    counts = i32x4.sub(counts, f32x4.eq(v128.load(x), values));
  }
  let count =
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3);
  for (; x < end; x += float) count += i32(load<f32>(x) === value);
  return count;
}
