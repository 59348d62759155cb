/**
 * Pooling of images [samples, height, width, channels]: the largest value of each window, and means
 * over a grid; with the gradients through them.
 */
import { addScaled, scale } from './elements';
import { float, vector, vectorsEnd } from './vector';

/**
 * out [samples, ⌊height / side⌋, ⌊width / side⌋, channels] = the largest of each window of side · side
 * pixels; lines and columns that fill no window are left out.
 */
export function maxPool(
  out: usize,
  images: usize,
  samples: i32,
  width: i32,
  height: i32,
  channels: i32,
  side: i32,
): void {
  const pixel = <usize>channels * float;
  const line = <usize>width * pixel;
  for (let sample = 0; sample < samples; sample++, images += <usize>height * line) {
    for (let y = 0; y + side <= height; y += side) {
      for (let x = 0; x + side <= width; x += side, out += pixel) {
        const corner = images + <usize>y * line + <usize>x * pixel;
        memory.copy(out, corner, pixel);
        for (let i = 1; i < side * side; i++) {
          takeLarger(out, corner + <usize>(i / side) * line + <usize>(i % side) * pixel, channels);
        }
      }
    }
  }
}

function takeLarger(out: usize, a: usize, count: i32): void {
  const end = a + <usize>count * float;
  for (const whole = vectorsEnd(a, count); a < whole; a += vector, out += vector) {
    v128.store(out, f32x4.max(v128.load(out), v128.load(a)));
  }
  for (; a < end; a += float, out += float) store<f32>(out, max(load<f32>(out), load<f32>(a)));
}

/**
 * Gradient through {@link maxPool} and the ReLU before it, in the place of the images: a value that is
 * the first largest of its window, and above 0, becomes the window's gradient v, all others 0.
 */
export function maxPoolGradient(
  images: usize,
  pooled: usize,
  v: usize,
  samples: i32,
  width: i32,
  height: i32,
  channels: i32,
  side: i32,
): void {
  const pixel = <usize>channels * float;
  const line = <usize>width * pixel;
  const lower = height - (height % side);
  for (let sample = 0; sample < samples; sample++, images += <usize>height * line) {
    for (let y = 0; y < lower; y += side) {
      const row = images + <usize>y * line;
      let x = 0;
      for (; x + side <= width; x += side, pooled += pixel, v += pixel) {
        for (let channel: usize = 0; channel < pixel; channel += float) {
          giveFirst(
            row + <usize>x * pixel + channel,
            pooled + channel,
            v + channel,
            pixel,
            line,
            side,
          );
        }
      }
      for (let i = 0; i < side; i++) {
        memory.fill(row + <usize>i * line + <usize>x * pixel, 0, <usize>(width - x) * pixel);
      }
    }
    memory.fill(images + <usize>lower * line, 0, <usize>(height - lower) * line);
  }
}

/** The same for one window and one channel. */
function giveFirst(
  corner: usize,
  pooled: usize,
  v: usize,
  pixel: usize,
  line: usize,
  side: i32,
): void {
  const largest = load<f32>(pooled);
  let gradient = largest > 0 ? load<f32>(v) : 0;
  for (let i = 0; i < side; i++) {
    let at = corner + <usize>i * line;
    for (let j = 0; j < side; j++, at += pixel) {
      const isFirst = load<f32>(at) === largest;
      store<f32>(at, isFirst ? gradient : 0);
      if (isFirst) gradient = 0;
    }
  }
}

/**
 * out [samples, grid, grid, channels] = means over the cells of a grid: cell i of a side of n pixels
 * begins at ⌊i n / grid⌋ and ends before ⌈(i + 1) n / grid⌉, so that cells may share pixels.
 */
export function averagePool(
  out: usize,
  images: usize,
  samples: i32,
  width: i32,
  height: i32,
  channels: i32,
  grid: i32,
): void {
  const pixel = <usize>channels * float;
  const line = <usize>width * pixel;
  for (let sample = 0; sample < samples; sample++, images += <usize>height * line) {
    for (let cell = 0; cell < grid * grid; cell++, out += pixel) {
      const row = cell / grid;
      const column = cell % grid;
      const bottom = endOf(row, height, grid);
      const right = endOf(column, width, grid);
      const top = (row * height) / grid;
      const left = (column * width) / grid;
      memory.fill(out, 0, pixel);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          addScaled(out, images + <usize>y * line + <usize>x * pixel, channels, 1);
        }
      }
      scale(out, out, channels, <f32>1 / <f32>((bottom - top) * (right - left)));
    }
  }
}

/** Gradient through {@link averagePool}: out [samples, height, width, channels] from v of its grid. */
export function averagePoolGradient(
  out: usize,
  v: usize,
  samples: i32,
  width: i32,
  height: i32,
  channels: i32,
  grid: i32,
): void {
  const pixel = <usize>channels * float;
  const line = <usize>width * pixel;
  memory.fill(out, 0, <usize>samples * <usize>height * line);
  for (let sample = 0; sample < samples; sample++, out += <usize>height * line) {
    for (let cell = 0; cell < grid * grid; cell++, v += pixel) {
      const row = cell / grid;
      const column = cell % grid;
      const bottom = endOf(row, height, grid);
      const right = endOf(column, width, grid);
      const top = (row * height) / grid;
      const left = (column * width) / grid;
      const share = <f32>1 / <f32>((bottom - top) * (right - left));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          addScaled(out + <usize>y * line + <usize>x * pixel, v, channels, share);
        }
      }
    }
  }
}

function endOf(cell: i32, length: i32, grid: i32): i32 {
  return ((cell + 1) * length + grid - 1) / grid;
}
