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
 */
export function resample(source: Plane, window: Box, width: number, height: number): Plane {
  return resampleBy(
    source,
    coverage(window.left, window.width / width, width, source.width),
    coverage(window.top, window.height / height, height, source.height),
  );
}

/**
 * The same where `window` lies within the source, but without steps where it enlarges: an output
 * pixel smaller than one of the source is the mean over as much as one around it, which is linear
 * interpolation.
 */
export function resampleSmoothly(source: Plane, window: Box, width: number, height: number): Plane {
  return resampleBy(
    source,
    smoothCoverage(window.left, window.width / width, width, source.width),
    smoothCoverage(window.top, window.height / height, height, source.height),
  );
}

function resampleBy(source: Plane, across: readonly Coverage[], down: readonly Coverage[]): Plane {
  const width = across.length;
  const height = down.length;
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
  /** Share of the output pixel that each source pixel from `first` on covers. */
  readonly weights: readonly number[];
}

function coverage(start: number, step: number, outputs: number, length: number): Coverage[] {
  return Array.from({ length: outputs }, (_, i) =>
    cover(Math.max(0, start + i * step), Math.min(length, start + (i + 1) * step), step, length),
  );
}

function smoothCoverage(start: number, step: number, outputs: number, length: number): Coverage[] {
  const reach = Math.max(step, 1) / 2;
  return Array.from({ length: outputs }, (_, i) => {
    const middle = start + (i + 0.5) * step;
    const from = Math.max(0, middle - reach);
    const to = Math.min(length, middle + reach);
    return cover(from, to, to - from, length);
  });
}

function cover(from: number, to: number, whole: number, length: number): Coverage {
  const first = Math.min(Math.floor(from), length);
  const weights: number[] = [];
  for (let pixel = first; pixel < to; pixel++) {
    weights.push((Math.min(to, pixel + 1) - Math.max(from, pixel)) / whole);
  }
  return { first, weights };
}
