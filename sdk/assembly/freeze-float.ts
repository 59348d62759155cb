/**
 * Weights into panels, from float32 or float16 numbers that lie row by row. A model's start spends its
 * time here, on code that is not yet optimised: what counts is the number of instructions.
 */
import { fromFloat16 } from './float16';
import { inputBytes, panelUnits } from './panels';
import { float, vector } from './vector';

/**
 * @param panels where the first of the rows goes in the first panel
 * @param rows of the weight that are frozen now, of `inputs` in all
 * @returns whether all numbers are finite
 */
export function freezeFloat32(
  panels: usize,
  values: usize,
  rows: i32,
  units: i32,
  inputs: i32,
): bool {
  const panelBytes = <usize>inputs * inputBytes;
  const exponent = i32x4.splat(0x7f800000);
  let bad = i32x4.splat(0);
  let badRest = false;
  for (; rows > 0; rows--, panels += inputBytes) {
    let out = panels;
    let left = units;
    for (; left >= panelUnits; left -= panelUnits, out += panelBytes) {
      for (let k: usize = 0; k < inputBytes; k += vector) {
        const numbers = v128.load(values + k);
        bad = v128.or(bad, i32x4.eq(v128.and(numbers, exponent), exponent));
        v128.store(out + k, numbers);
      }
      values += inputBytes;
    }
    if (left === 0) continue;
    for (const end = out + inputBytes; out < end; out += float, left--) {
      const number = left > 0 ? load<f32>(values) : 0;
      badRest = badRest || (reinterpret<u32>(number) & 0x7f800000) === 0x7f800000;
      store<f32>(out, number);
      values += left > 0 ? float : 0;
    }
  }
  return !badRest && !v128.any_true(bad);
}

/**
 * The same from float16.
 * @returns whether all numbers are finite; those that are not become finite ones
 */
export function freezeFloat16(
  panels: usize,
  halves: usize,
  rows: i32,
  units: i32,
  inputs: i32,
): bool {
  const panelBytes = <usize>inputs * inputBytes;
  const exponent = i16x8.splat(0x7c00);
  let bad = i16x8.splat(0);
  let badRest = false;
  for (; rows > 0; rows--, panels += inputBytes) {
    let out = panels;
    let left = units;
    for (; left >= panelUnits; left -= panelUnits, out += panelBytes) {
      for (let k: usize = 0; k < inputBytes; k += 2 * vector) {
        const eight = v128.load(halves);
        bad = v128.or(bad, i16x8.eq(v128.and(eight, exponent), exponent));
        v128.store(out + k, fromFloat16(i32x4.extend_low_i16x8_s(eight)));
        v128.store(out + k, fromFloat16(i32x4.extend_high_i16x8_s(eight)), 16);
        halves += vector;
      }
    }
    if (left === 0) continue;
    for (const end = out + inputBytes; out < end; out += float, left--) {
      const half = left > 0 ? <i32>load<i16>(halves) : 0;
      badRest = badRest || (half & 0x7c00) === 0x7c00;
      store<f32>(out, f32x4.extract_lane(fromFloat16(i32x4.splat(half)), 0));
      halves += left > 0 ? 2 : 0;
    }
  }
  return !badRest && !v128.any_true(bad);
}
