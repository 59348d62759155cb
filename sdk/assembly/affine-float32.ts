/**
 * A layer's affine map and ReLU for one sample on a weight frozen in panels (`panels.ts`): the sums
 * of a panel's 32 units stay in registers while its inputs go by. Where most inputs are the
 * background (zeros behind a ReLU, the paper of a drawing), their share of the sum is known
 * beforehand and their rows are not read:
 *
 *   out = ReLU(bias + background Σ_i W_i + Σ_{x_i ≠ background} (x_i − background) W_i)
 */
import { countEqual } from './background';
import { addScaled } from './elements';
import { inputBytes } from './panels';
import { float, multiplyAdd } from './vector';

/** Inputs for each one that counts from which choosing is faster than reading all in a row. */
const worthChoosing = 3;

/**
 * out [units] = ReLU(x [inputs] · weight + bias [units]); `out` has room for whole panels.
 * @param inputSums Σ_i W_i, [units]; not read where the background is zero
 * @param room for 2 · inputs numbers
 */
export function affineFloat32(
  out: usize,
  x: usize,
  weight: usize,
  bias: usize,
  inputSums: usize,
  background: f32,
  inputs: i32,
  units: i32,
  room: usize,
): void {
  const panelBytes = <usize>inputs * inputBytes;
  const end = out + <usize>units * float;
  const counting = inputs - countEqual(x, inputs, background);
  const some = counting * worthChoosing <= inputs;
  const chosenEnd = some ? chooseInputs(room, x, inputs, background) : room;
  memory.copy(out, bias, <usize>units * float);
  if (some && background !== 0) addScaled(out, inputSums, units, background);
  for (; out < end; out += 32 * float, weight += panelBytes) {
    if (some) addChosen(out, weight, room, chosenEnd);
    else addAll(out, weight, x, x + <usize>inputs * float);
  }
}

/**
 * Writes, for each input that differs from the background, its offset in a panel and its difference.
 * @returns where they end
 */
function chooseInputs(room: usize, x: usize, inputs: i32, background: f32): usize {
  for (let input = 0; input < inputs; input++, x += float) {
    const difference = load<f32>(x) - background;
    // Always written, kept only if it counts: no branch to guess wrong.
    store<u32>(room, input * <u32>inputBytes);
    store<f32>(room, difference, 4);
    room += (<usize>i32(difference !== 0)) << 3;
  }
  return room;
}

/** out [32] = ReLU(out + Σ x_i W_i) over all inputs. */
function addAll(out: usize, weight: usize, x: usize, end: usize): void {
  let a = v128.load(out);
  let b = v128.load(out, 16);
  let c = v128.load(out, 32);
  let d = v128.load(out, 48);
  let e = v128.load(out, 64);
  let f = v128.load(out, 80);
  let g = v128.load(out, 96);
  let h = v128.load(out, 112);
  for (; x < end; x += float, weight += inputBytes) {
    const factor = v128.load32_splat(x);
    a = multiplyAdd(v128.load(weight), factor, a);
    b = multiplyAdd(v128.load(weight, 16), factor, b);
    c = multiplyAdd(v128.load(weight, 32), factor, c);
    d = multiplyAdd(v128.load(weight, 48), factor, d);
    e = multiplyAdd(v128.load(weight, 64), factor, e);
    f = multiplyAdd(v128.load(weight, 80), factor, f);
    g = multiplyAdd(v128.load(weight, 96), factor, g);
    h = multiplyAdd(v128.load(weight, 112), factor, h);
  }
  storeRelu(out, a, b, c, d, e, f, g, h);
}

/** The same over the chosen inputs. */
function addChosen(out: usize, weight: usize, chosen: usize, end: usize): void {
  let a = v128.load(out);
  let b = v128.load(out, 16);
  let c = v128.load(out, 32);
  let d = v128.load(out, 48);
  let e = v128.load(out, 64);
  let f = v128.load(out, 80);
  let g = v128.load(out, 96);
  let h = v128.load(out, 112);
  for (; chosen < end; chosen += 8) {
    const row = weight + <usize>load<u32>(chosen);
    const factor = v128.load32_splat(chosen, 4);
    a = multiplyAdd(v128.load(row), factor, a);
    b = multiplyAdd(v128.load(row, 16), factor, b);
    c = multiplyAdd(v128.load(row, 32), factor, c);
    d = multiplyAdd(v128.load(row, 48), factor, d);
    e = multiplyAdd(v128.load(row, 64), factor, e);
    f = multiplyAdd(v128.load(row, 80), factor, f);
    g = multiplyAdd(v128.load(row, 96), factor, g);
    h = multiplyAdd(v128.load(row, 112), factor, h);
  }
  storeRelu(out, a, b, c, d, e, f, g, h);
}

function storeRelu(
  out: usize,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
  h: v128,
): void {
  const zero = f32x4.splat(0);
  v128.store(out, f32x4.max(a, zero));
  v128.store(out, f32x4.max(b, zero), 16);
  v128.store(out, f32x4.max(c, zero), 32);
  v128.store(out, f32x4.max(d, zero), 48);
  v128.store(out, f32x4.max(e, zero), 64);
  v128.store(out, f32x4.max(f, zero), 80);
  v128.store(out, f32x4.max(g, zero), 96);
  v128.store(out, f32x4.max(h, zero), 112);
}
