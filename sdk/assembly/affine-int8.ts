/**
 * A layer's affine map and ReLU for one sample on an int8 weight frozen in panels (`panels.ts`), with
 * a scale for each input. The scales join the inputs, those become int16, and pairs of products are
 * summed in int32, exactly. Inputs that are the background are left out, as in `affine-float32.ts`.
 *
 *   out = ReLU(bias + background Σ_i W_i + step Σ_i round((x_i − background) scale_i / step) w_i)
 */
import { addScaled, relu } from './elements';
import { pairBytes } from './panels';
import { float, vector } from './vector';

/** Pairs whose sum cannot leave int32: 2 · 256 · 127 · 32767 < 2³¹. */
const pairsAtOnce: usize = 256;

/**
 * out [units] = ReLU(x [inputs] · weight + bias [units]); `out` has room for whole panels.
 * @param inputSums Σ_i W_i, [units]; not read where the background is zero
 * @param room for 3 · inputs + 16 numbers
 */
export function affineInt8(
  out: usize,
  x: usize,
  weight: usize,
  scales: usize,
  bias: usize,
  inputSums: usize,
  background: f32,
  inputs: i32,
  units: i32,
  room: usize,
): void {
  const pairs = (inputs + 1) >> 1;
  const words = room + <usize>((inputs + 7) & ~7) * float;
  const chosen = words + <usize>((inputs + 7) & ~7) * 2;
  const step = scaleInputs(room, x, scales, background, inputs);
  roundInputs(words, room, inputs, step);
  const end = choosePairs(chosen, words, pairs);
  memory.copy(out, bias, <usize>units * float);
  if (background != 0) addScaled(out, inputSums, units, background);
  const panelBytes = <usize>pairs * pairBytes;
  let panel = out;
  for (const outEnd = out + <usize>units * float; panel < outEnd; panel += 32 * float) {
    for (let from = chosen; from < end; from += pairsAtOnce * 8) {
      addPairs(panel, weight, from, min(end, from + pairsAtOnce * 8), step);
    }
    weight += panelBytes;
  }
  relu(out, units);
}

/**
 * scaled = (x − background) ⊙ scales.
 * @returns the step that takes the largest of them to 32767
 */
function scaleInputs(scaled: usize, x: usize, scales: usize, background: f32, inputs: i32): f32 {
  let largest: f32 = 0;
  for (const end = x + <usize>inputs * float; x < end; x += float) {
    const value = (load<f32>(x) - background) * load<f32>(scales);
    store<f32>(scaled, value);
    largest = max(largest, abs(value));
    scaled += float;
    scales += float;
  }
  return largest / 32767;
}

/** words [inputs, filled up with zeros to eights] = round(scaled / step) as int16. */
function roundInputs(words: usize, scaled: usize, inputs: i32, step: f32): void {
  const end = scaled + <usize>inputs * float;
  const filled = scaled + <usize>((inputs + 7) & ~7) * float;
  for (let rest = end; rest < filled; rest += float) store<f32>(rest, 0);
  const inverse = f32x4.splat(step > 0 ? 1 / step : 0);
  for (; scaled < filled; scaled += 2 * vector, words += vector) {
    const low = f32x4.nearest(f32x4.mul(v128.load(scaled), inverse));
    const high = f32x4.nearest(f32x4.mul(v128.load(scaled, 16), inverse));
    v128.store(
      words,
      i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(low), i32x4.trunc_sat_f32x4_s(high)),
    );
  }
}

/** Writes the offset in a panel and the two words of each pair that is not zero; returns the end. */
function choosePairs(chosen: usize, words: usize, pairs: i32): usize {
  for (let pair = 0; pair < pairs; pair++, words += 4) {
    const both = load<u32>(words);
    // Always written, kept only if it counts: no branch to guess wrong.
    store<u32>(chosen, pair * <u32>pairBytes);
    store<u32>(chosen, both, 4);
    chosen += <usize>i32(both != 0) << 3;
  }
  return chosen;
}

/** out [32] += step · Σ of the pairs' products. */
function addPairs(out: usize, weight: usize, chosen: usize, end: usize, step: f32): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (; chosen < end; chosen += 8) {
    const row = weight + <usize>load<u32>(chosen);
    const x = v128.load32_splat(chosen, 4);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(row), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(row, 8), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(row, 16), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(row, 24), x));
    e = i32x4.add(e, i32x4.dot_i16x8_s(v128.load8x8_s(row, 32), x));
    f = i32x4.add(f, i32x4.dot_i16x8_s(v128.load8x8_s(row, 40), x));
    g = i32x4.add(g, i32x4.dot_i16x8_s(v128.load8x8_s(row, 48), x));
    h = i32x4.add(h, i32x4.dot_i16x8_s(v128.load8x8_s(row, 56), x));
  }
  const steps = f32x4.splat(step);
  addSums(out, a, b, steps);
  addSums(out + 32, c, d, steps);
  addSums(out + 64, e, f, steps);
  addSums(out + 96, g, h, steps);
}

// @ts-ignore: decorator
@inline
function addSums(out: usize, low: v128, high: v128, steps: v128): void {
  const left = f32x4.mul(f32x4.convert_i32x4_s(low), steps);
  const right = f32x4.mul(f32x4.convert_i32x4_s(high), steps);
  v128.store(out, f32x4.add(v128.load(out), left));
  v128.store(out, f32x4.add(v128.load(out, 16), right), 16);
}
