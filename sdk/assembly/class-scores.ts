/**
 * From cosines to class scores, a soft maximum over the prototypes of each class, and back:
 *
 *   s_c = (1/β) (log Σ_k exp(β t_ck) − log K_c),   ∂s_c/∂t_ck = π_ck = softmax_k(β t_ck)
 *
 * Class c owns the columns offsets[c] … offsets[c + 1] − 1, at least one.
 */
import { exponentials, logarithm } from './exponential';
import { float } from './vector';

/**
 * scores [rows, classes] from cosines [rows, offsets[classes]].
 * @param room for offsets[classes] numbers
 */
export function classScores(
  scores: usize,
  cosines: usize,
  offsets: usize,
  rows: i32,
  classes: i32,
  sharpness: f32,
  room: usize,
): void {
  const prototypes = load<u32>(offsets + <usize>classes * float);
  if (<i32>prototypes === classes) {
    memory.copy(scores, cosines, <usize>rows * <usize>classes * float);
    return;
  }
  for (let row = 0; row < rows; row++) {
    shiftBelowMaximum(room, scores, cosines, offsets, classes, sharpness);
    exponentials(room, prototypes);
    addLogarithms(scores, room, offsets, classes, 1 / sharpness);
    cosines += <usize>prototypes * float;
    scores += <usize>classes * float;
  }
}

/** scores = the largest cosine of each class, room = β (t − that), so that no exponential overflows. */
function shiftBelowMaximum(
  room: usize,
  scores: usize,
  cosines: usize,
  offsets: usize,
  classes: i32,
  sharpness: f32,
): void {
  for (let c = 0; c < classes; c++, scores += float, offsets += float) {
    const from = (<usize>load<u32>(offsets)) << 2;
    const end = (<usize>load<u32>(offsets, 4)) << 2;
    let largest = load<f32>(cosines + from);
    for (let k = from + float; k < end; k += float) largest = max(largest, load<f32>(cosines + k));
    for (let k = from; k < end; k += float) {
      store<f32>(room + k, (load<f32>(cosines + k) - largest) * sharpness);
    }
    store<f32>(scores, largest);
  }
}

/** scores += (1/β) log of the mean of each class's exponentials. */
function addLogarithms(
  scores: usize,
  room: usize,
  offsets: usize,
  classes: i32,
  inverseSharpness: f32,
): void {
  for (let c = 0; c < classes; c++, scores += float, offsets += float) {
    const from = load<u32>(offsets);
    const end = load<u32>(offsets, 4);
    let sum: f32 = 0;
    for (let k = from; k < end; k++) sum += load<f32>(room + ((<usize>k) << 2));
    const mean = sum / <f32>(end - from);
    store<f32>(scores, load<f32>(scores) + logarithm(mean) * inverseSharpness);
  }
}

/** out [rows, offsets[classes]] = g_c π_ck, for g = gradient [rows, classes]. */
export function classScoresGradient(
  out: usize,
  gradient: usize,
  scores: usize,
  cosines: usize,
  offsets: usize,
  rows: i32,
  classes: i32,
  sharpness: f32,
): void {
  const prototypes = load<u32>(offsets + <usize>classes * float);
  for (let row = 0; row < rows; row++) {
    shiftByScore(out, scores, cosines, offsets, classes, sharpness);
    exponentials(out, prototypes);
    weighClasses(out, gradient, offsets, classes);
    out += <usize>prototypes * float;
    cosines += <usize>prototypes * float;
    gradient += <usize>classes * float;
    scores += <usize>classes * float;
  }
}

/** out = β (t − s), near zero for the nearest prototype, so that no exponential overflows. */
function shiftByScore(
  out: usize,
  scores: usize,
  cosines: usize,
  offsets: usize,
  classes: i32,
  sharpness: f32,
): void {
  for (let c = 0; c < classes; c++, scores += float, offsets += float) {
    const score = load<f32>(scores);
    const end = (<usize>load<u32>(offsets, 4)) << 2;
    for (let k = (<usize>load<u32>(offsets)) << 2; k < end; k += float) {
      store<f32>(out + k, (load<f32>(cosines + k) - score) * sharpness);
    }
  }
}

/** From exponentials to shares of the class's gradient. */
function weighClasses(out: usize, gradient: usize, offsets: usize, classes: i32): void {
  for (let c = 0; c < classes; c++, gradient += float, offsets += float) {
    const from = load<u32>(offsets);
    const end = load<u32>(offsets, 4);
    let sum: f32 = 0;
    for (let k = from; k < end; k++) sum += load<f32>(out + ((<usize>k) << 2));
    const weight = load<f32>(gradient) / sum;
    for (let k = from; k < end; k++) {
      const place = out + ((<usize>k) << 2);
      store<f32>(place, load<f32>(place) * weight);
    }
  }
}
