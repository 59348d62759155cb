/**
 * Patches of images as rows, so that a convolution is a matrix product: row p holds what the kernel
 * sees at output position p, line after line, with the channels of a pixel side by side.
 */
import { float, vector, vectorsEnd } from './vector';

/**
 * out [count, side² · channels] = the patches of positions `first` … of a batch of images
 * [samples, height, width, channels]; beyond the border are zeros.
 * @param across, down output positions of an image: in a line, and lines
 */
export function takePatches(
  out: usize,
  images: usize,
  first: i32,
  count: i32,
  width: i32,
  height: i32,
  channels: i32,
  side: i32,
  stride: i32,
  padding: i32,
  across: i32,
  down: i32,
): void {
  const pixel = <usize>channels * float;
  const line = <usize>width * pixel;
  const imageBytes = <usize>height * line;
  for (let position = first; position < first + count; position++) {
    const ofImage = position % (across * down);
    const image = images + <usize>(position / (across * down)) * imageBytes;
    const left = (ofImage % across) * stride - padding;
    const top = (ofImage / across) * stride - padding;
    const before = min(side, max(0, -left));
    const inside = max(0, min(side, width - left) - before);
    const after = side - before - inside;
    for (let y = top; y < top + side; y++) {
      if (y < 0 || y >= height) {
        out = zeros(out, side * channels);
        continue;
      }
      out = zeros(out, before * channels);
      const from = image + <usize>y * line + <usize>(left + before) * pixel;
      out = copy(out, from, inside * channels);
      out = zeros(out, after * channels);
    }
  }
}

/** @returns where the next numbers go; lines are short, so a call to the host's copy is dear */
function copy(out: usize, from: usize, count: i32): usize {
  const end = from + <usize>count * float;
  for (const whole = vectorsEnd(from, count); from < whole; from += vector, out += vector) {
    v128.store(out, v128.load(from));
  }
  for (; from < end; from += float, out += float) store<f32>(out, load<f32>(from));
  return out;
}

function zeros(out: usize, count: i32): usize {
  for (; count > 0; count--, out += float) store<f32>(out, 0);
  return out;
}
