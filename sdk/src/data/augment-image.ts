/**
 * One image moved, turned, scaled and mirrored about its centre: an affine map with bilinear values.
 * What lies outside mirrors what is within, so dark, light and coloured borders all go on as they are.
 */
import type { SampleShape } from './sample-shape.ts';

/** What happens to the image, in this order. */
export interface Placement {
  /** Left and right are exchanged. */
  readonly mirrored: boolean;
  /** Factor of its size, > 0. */
  readonly zoom: number;
  /** Clockwise. */
  readonly degrees: number;
  /** Clockwise on top of that, from 0; the values stay exact. */
  readonly quarterTurns: number;
  /** Pixels, also fractions of them. */
  readonly right: number;
  readonly down: number;
}

export const asItIs: Placement = {
  mirrored: false,
  zoom: 1,
  degrees: 0,
  quarterTurns: 0,
  right: 0,
  down: 0,
};

/**
 * @param out destination, width · height · channels numbers
 * @param image as many raw values, row by row, channels interleaved
 */
export function augmentImage(
  out: Float32Array,
  image: ArrayLike<number>,
  { width, height, channels }: SampleShape,
  { mirrored, zoom, degrees, quarterTurns, right, down }: Placement,
): void {
  const radians = (degrees * Math.PI) / 180;
  let cos = Math.cos(radians) / zoom;
  let sin = Math.sin(radians) / zoom;
  for (let turn = 0; turn < quarterTurns; turn++) [cos, sin] = [-sin, cos];
  const lastX = width - 1;
  const lastY = height - 1;
  let at = 0;
  for (let y = 0; y < height; y++) {
    const v = y - lastY / 2 - down;
    for (let x = 0; x < width; x++) {
      const u = x - lastX / 2 - right;
      const sourceX = within(lastX / 2 + (mirrored ? -1 : 1) * (cos * u + sin * v), lastX);
      const sourceY = within(lastY / 2 + cos * v - sin * u, lastY);
      const column = Math.floor(sourceX);
      const row = Math.floor(sourceY);
      const across = sourceX - column;
      const along = sourceY - row;
      const upper = (row * width + column) * channels;
      const lower = row < lastY ? upper + width * channels : upper;
      const next = column < lastX ? channels : 0;
      for (let c = 0; c < channels; c++) {
        const top = between(image, upper + c, next, across);
        out[at++] = top + along * (between(image, lower + c, next, across) - top);
      }
    }
  }
}

/** A place outside, mirrored at the edge's pixel. */
function within(place: number, last: number): number {
  return Math.max(0, last - Math.abs(last - Math.abs(place)));
}

function between(image: ArrayLike<number>, at: number, step: number, share: number): number {
  const value = image[at] as number;
  return value + share * ((image[at + step] as number) - value);
}
