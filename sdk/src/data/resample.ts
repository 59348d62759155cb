/** One channel of an image, and its resampling by exact area. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** width · height values, row by row. */
  readonly values: Float32Array;
}

/** A rectangle in pixels of a plane; it may reach beyond the plane. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Each output pixel is the mean of the source over the part of `window` that it covers; what lies
 * outside the source counts as 0. Done along the rows, then along the columns.
 * @param least pixels of the source, along a side, that an output pixel is the mean of: with 1 an image
 *   is enlarged without steps, by linear interpolation. The window must lie within the source then.
 */
export function resample(
  source: Plane,
  window: Box,
  width: number,
  height: number,
  least = 0,
): Plane {
  const across = coverage(window.left, window.width / width, width, source.width, least);
  const down = coverage(window.top, window.height / height, height, source.height, least);
  const narrow = new Float32Array(width * source.height);
  for (let y = 0; y < source.height; y++) {
    across.forEach(({ first, weights }, x) => {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] as number) * (source.values[y * source.width + first + i] as number);
      }
      narrow[y * width + x] = sum;
    });
  }
  const values = new Float32Array(width * height);
  down.forEach(({ first, weights }, y) => {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] as number) * (narrow[(first + i) * width + x] as number);
      }
      values[y * width + x] = sum;
    }
  });
  return { width, height, values };
}

interface Coverage {
  readonly first: number;
  /** Share of the output pixel that each source pixel from `first` on makes up. */
  readonly weights: readonly number[];
}

function coverage(
  start: number,
  step: number,
  outputs: number,
  length: number,
  least: number,
): Coverage[] {
  const beyond = Math.max(0, least - step) / 2;
  return Array.from({ length: outputs }, (_, i) => {
    const from = Math.max(0, start + i * step - beyond);
    const to = Math.min(length, start + (i + 1) * step + beyond);
    const whole = least ? to - from : step;
    const first = Math.min(Math.floor(from), length);
    const weights: number[] = [];
    for (let pixel = first; pixel < to; pixel++) {
      weights.push((Math.min(to, pixel + 1) - Math.max(from, pixel)) / whole);
    }
    return { first, weights };
  });
}
