/** Operations that take matrices number by number. */
import { float, multiplyAdd, vector, vectorsEnd } from './vector';

/** out = factor · a. */
export function scale(out: usize, a: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector, out += vector) {
    v128.store(out, f32x4.mul(v128.load(a), factors));
  }
  for (; a < end; a += float, out += float) store<f32>(out, load<f32>(a) * factor);
}

/** out = a ⊙ b. */
export function hadamard(out: usize, a: usize, b: usize, count: i32): void {
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector, b += vector, out += vector) {
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  }
  for (; a < end; a += float, b += float, out += float) {
    store<f32>(out, load<f32>(a) * load<f32>(b));
  }
}

/** out += factor · a. */
export function addScaled(out: usize, a: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector, out += vector) {
    v128.store(out, multiplyAdd(v128.load(a), factors, v128.load(out)));
  }
  for (; a < end; a += float, out += float) {
    store<f32>(out, load<f32>(out) + load<f32>(a) * factor);
  }
}

/** out [columns] = sum over the rows of a. */
export function columnSums(out: usize, a: usize, rows: i32, columns: i32): void {
  memory.fill(out, 0, <usize>columns * float);
  const stride = <usize>columns * float;
  for (let row = 0; row < rows; row++, a += stride) addScaled(out, a, columns, 1);
}

/** a = ReLU(a + bias), row by row. */
export function addBiasRelu(a: usize, bias: usize, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let b = bias;
    const end = bias + <usize>columns * float;
    for (const whole = vectorsEnd(bias, columns); b < whole; b += vector, a += vector) {
      v128.store(a, f32x4.max(f32x4.add(v128.load(a), v128.load(b)), zero));
    }
    for (; b < end; b += float, a += float) {
      store<f32>(a, max<f32>(load<f32>(a) + load<f32>(b), 0));
    }
  }
}

/**
 * The element-wise part of Adam (Kingma, Ba 2015) on sums instead of means:
 * first ← β₁ first + g, second ← β₂ second + g², g ← first / (√second + ε̂).
 */
export function adam(
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const e = f32x4.splat(epsilon);
  const end = gradient + <usize>count * float;
  const whole = vectorsEnd(gradient, count);
  for (; gradient < whole; gradient += vector, first += vector, second += vector) {
    const g = v128.load(gradient);
    const m = multiplyAdd(v128.load(first), b1, g);
    const v = multiplyAdd(v128.load(second), b2, f32x4.mul(g, g));
    v128.store(first, m);
    v128.store(second, v);
    v128.store(gradient, f32x4.div(m, f32x4.add(f32x4.sqrt(v), e)));
  }
  for (; gradient < end; gradient += float, first += float, second += float) {
    const g = load<f32>(gradient);
    const m = load<f32>(first) * beta1 + g;
    const v = load<f32>(second) * beta2 + g * g;
    store<f32>(first, m);
    store<f32>(second, v);
    store<f32>(gradient, m / (sqrt<f32>(v) + epsilon));
  }
}

/** a = ReLU(a). */
export function relu(a: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector) {
    v128.store(a, f32x4.max(v128.load(a), zero));
  }
  for (; a < end; a += float) store<f32>(a, max<f32>(load<f32>(a), 0));
}

/** Whether none of the numbers is an infinity or NaN. */
export function allFinite(a: usize, count: i32): bool {
  const exponent = i32x4.splat(0x7f800000);
  let bad = i32x4.splat(0);
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector) {
    bad = v128.or(bad, i32x4.eq(v128.and(v128.load(a), exponent), exponent));
  }
  let some = v128.any_true(bad);
  for (; a < end; a += float) some = some || (load<u32>(a) & 0x7f800000) === 0x7f800000;
  return !some;
}
