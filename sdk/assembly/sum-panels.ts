/** Sum of a frozen weight over its inputs: what a sample that is all background needs. */
import { inputBytes, pairBytes, panelUnits } from './panels';
import { float, multiplyAdd, vector } from './vector';

/**
 * out [units, filled up to whole panels] = Σ_i W_i.
 * @param scales one per input of an int8 weight, or 0 for float32
 */
export function sumPanels(out: usize, weight: usize, scales: usize, inputs: i32, units: i32): void {
  const pairs = <usize>((inputs + 1) >> 1);
  const panelBytes = scales ? pairs * pairBytes : <usize>inputs * inputBytes;
  for (let unit = 0; unit < units; unit += panelUnits, weight += panelBytes) {
    for (let lane: usize = 0; lane < 32; lane += 8, out += 2 * vector) {
      if (scales) sumPairs(out, weight + 2 * lane, scales, inputs);
      else sumFloats(out, weight + lane * float, inputs);
    }
  }
}

/** Eight units of float32. */
function sumFloats(out: usize, weight: usize, inputs: i32): void {
  let low = f32x4.splat(0);
  let high = low;
  for (; inputs > 0; inputs--, weight += inputBytes) {
    low = f32x4.add(low, v128.load(weight));
    high = f32x4.add(high, v128.load(weight, 16));
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}

/** Eight units of int8: the low bytes of the pairs belong to an even input, the high ones to an odd. */
function sumPairs(out: usize, weight: usize, scales: usize, inputs: i32): void {
  let low = f32x4.splat(0);
  let high = low;
  for (; inputs > 0; inputs -= 2, weight += pairBytes, scales += 2 * float) {
    const pairs = v128.load(weight);
    const even = i16x8.shr_s(i16x8.shl(pairs, 8), 8);
    const evenScale = v128.load32_splat(scales);
    low = multiplyAdd(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(even)), evenScale, low);
    high = multiplyAdd(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(even)), evenScale, high);
    if (inputs === 1) break;
    const odd = i16x8.shr_s(pairs, 8);
    const oddScale = v128.load32_splat(scales, 4);
    low = multiplyAdd(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(odd)), oddScale, low);
    high = multiplyAdd(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(odd)), oddScale, high);
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}
