/** Eight columns of a frozen weight, packed for the matrix product. */
import { inputBytes, pairBytes } from './panels';
import { float, vector } from './vector';

/**
 * @param j first of the eight columns, a multiple of eight
 * @param scales one per input of an int8 weight, or 0 for float32
 * @param inputs of the weight; `from` and `steps` say which of them
 */
export function packPanelColumns(
  out: usize,
  weight: usize,
  scales: usize,
  j: i32,
  inputs: i32,
  from: i32,
  steps: i32,
): void {
  const panel = <usize>(j >> 5);
  const lane = <usize>(j & 31);
  if (scales) {
    const start = weight + panel * (<usize>((inputs + 1) >> 1) * pairBytes) + 2 * lane;
    packInt8(out, start, scales, from, steps);
    return;
  }
  let source = weight + (panel * <usize>inputs + <usize>from) * inputBytes + lane * float;
  for (; steps > 0; steps--, out += 2 * vector, source += inputBytes) {
    v128.store(out, v128.load(source));
    v128.store(out, v128.load(source, 16), 16);
  }
}

function packInt8(out: usize, start: usize, scales: usize, from: i32, steps: i32): void {
  for (let input = from; input < from + steps; input++, out += 2 * vector) {
    const pairs = v128.load(start + <usize>(input >> 1) * pairBytes);
    // The number of an even input is the low byte of its pair, of an odd one the high byte.
    const words = input & 1 ? pairs : i16x8.shl(pairs, 8);
    const numbers = i16x8.shr_s(words, 8);
    const scale = v128.load32_splat(scales + ((<usize>input) << 2));
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(numbers));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(numbers));
    v128.store(out, f32x4.mul(low, scale));
    v128.store(out, f32x4.mul(high, scale), 16);
  }
}
