/**
 * A layer's affine map and ReLU for one sample on an int8 weight frozen in panels (`panels.ts`), with
 * a scale for each input. The scales join the inputs, those become int16, and pairs of products are
 * summed in int32, exactly. Inputs that are the background are left out, as in `affine-float32.ts`.
 *
 *   out = ReLU(bias + background Σ_i W_i + step Σ_i round((x_i − background) scale_i / step) w_i)
 */
import { addScaled, relu } from './elements';
import { pairBytes } from './panels';
import { float, vector, vectorsEnd } from './vector';

/** Pairs whose sum cannot leave int32: 2 · 256 · 128 · 32767 < 2³¹. */
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
  if (background !== 0) addScaled(out, inputSums, units, background);
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
 * scaled [inputs, filled up with zeros to eights] = (x − background) ⊙ scales.
 * @returns the step that takes the largest of them to 32767
 */
function scaleInputs(scaled: usize, x: usize, scales: usize, background: f32, inputs: i32): f32 {
  const backgrounds = f32x4.splat(background);
  let largest = f32x4.splat(0);
  let end = scaled;
  for (const whole = vectorsEnd(x, inputs); x < whole; x += vector, scales += vector) {
    const value = f32x4.mul(f32x4.sub(v128.load(x), backgrounds), v128.load(scales));
    v128.store(end, value);
    largest = f32x4.max(largest, f32x4.abs(value));
    end += vector;
  }
  let most = lanesMaximum(largest);
  for (let rest = inputs & 3; rest > 0; rest--, x += float, scales += float) {
    const value = (load<f32>(x) - background) * load<f32>(scales);
    store<f32>(end, value);
    most = max(most, abs(value));
    end += float;
  }
  const filled = scaled + <usize>((inputs + 7) & ~7) * float;
  for (; end < filled; end += float) store<f32>(end, 0);
  return most / 32767;
}

function lanesMaximum(a: v128): f32 {
  return max(
    max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
}

/** words = round(scaled / step) as int16, in eights. */
function roundInputs(words: usize, scaled: usize, inputs: i32, step: f32): void {
  const filled = scaled + <usize>((inputs + 7) & ~7) * float;
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

/**
 * Writes the offset in a panel and the two words of each pair that is not zero, and one of zeros where
 * their number is odd.
 * @returns where they end
 */
function choosePairs(chosen: usize, words: usize, pairs: i32): usize {
  const start = chosen;
  for (let pair = 0; pair < pairs; pair++, words += 4) {
    const both = load<u32>(words);
    // Always written, kept only if it counts: no branch to guess wrong.
    store<u32>(chosen, pair * <u32>pairBytes);
    store<u32>(chosen, both, 4);
    chosen += (<usize>i32(both !== 0)) << 3;
  }
  if (((chosen - start) & 8) === 0) return chosen;
  store<u64>(chosen, 0);
  return chosen + 8;
}

/** out [32] += step · Σ of the pairs' products, two pairs at a time. */
function addPairs(out: usize, weight: usize, chosen: usize, end: usize, step: f32): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (; chosen < end; chosen += 16) {
    const first = weight + <usize>load<u32>(chosen);
    const x = v128.load32_splat(chosen, 4);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(first), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(first, 8), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(first, 16), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(first, 24), x));
    e = i32x4.add(e, i32x4.dot_i16x8_s(v128.load8x8_s(first, 32), x));
    f = i32x4.add(f, i32x4.dot_i16x8_s(v128.load8x8_s(first, 40), x));
    g = i32x4.add(g, i32x4.dot_i16x8_s(v128.load8x8_s(first, 48), x));
    h = i32x4.add(h, i32x4.dot_i16x8_s(v128.load8x8_s(first, 56), x));
    const second = weight + <usize>load<u32>(chosen, 8);
    const y = v128.load32_splat(chosen, 12);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(second), y));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(second, 8), y));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(second, 16), y));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(second, 24), y));
    e = i32x4.add(e, i32x4.dot_i16x8_s(v128.load8x8_s(second, 32), y));
    f = i32x4.add(f, i32x4.dot_i16x8_s(v128.load8x8_s(second, 40), y));
    g = i32x4.add(g, i32x4.dot_i16x8_s(v128.load8x8_s(second, 48), y));
    h = i32x4.add(h, i32x4.dot_i16x8_s(v128.load8x8_s(second, 56), y));
  }
  const steps = f32x4.splat(step);
  addSums(out, a, b, steps);
  addSums(out + 32, c, d, steps);
  addSums(out + 64, e, f, steps);
  addSums(out + 96, g, h, steps);
}

function addSums(out: usize, low: v128, high: v128, steps: v128): void {
  const left = f32x4.mul(f32x4.convert_i32x4_s(low), steps);
  const right = f32x4.mul(f32x4.convert_i32x4_s(high), steps);
  v128.store(out, f32x4.add(v128.load(out), left));
  v128.store(out, f32x4.add(v128.load(out, 16), right), 16);
}
