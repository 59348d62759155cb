/**
 * Draws handwritten digits for tests: the strokes of digit-strokes.ts as anti-aliased pixels, white
 * on black, at any size or the way MNIST lays its digits out.
 */
import type { PixelImage } from '../../sdk/src/data/pixel-image.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { digitStrokes, type Point, type Stroke } from './digit-strokes.ts';

/** MNIST: images of 28 × 28 whose ink fits 20 × 20. */
const MNIST_SIZE = 28;
const MNIST_BOX = 20;

/**
 * One grey image of a digit, filling two thirds of the shorter side, in the middle.
 *
 * @param digit 0 to 9
 * @param seed picks the hand
 */
export function renderDigit(
  digit: number,
  seed: number,
  width: number,
  height = width,
): PixelImage {
  const box = (2 / 3) * Math.min(width, height);
  const strokes = placed(digitStrokes(digit, seed), box, width / 2, height / 2);
  const data = Uint8Array.from(drawn(strokes, penWidth(digit, seed) * box, width, height));
  return { width, height, data };
}

/** A grey image of strokes whose corners are given from 0 to 1. */
export function renderStrokes(strokes: readonly Stroke[], size: number): PixelImage {
  const data = Uint8Array.from(
    drawn(placed(strokes, size, size / 2, size / 2), size / 16, size, size),
  );
  return { width: size, height: size, data };
}

/** One digit as MNIST has it: 28 × 28 grey values, ink in a box of 20 × 20, centred by mass. */
export function mnistDigit(digit: number, seed: number): Uint8Array {
  const pen = penWidth(digit, seed) * MNIST_BOX;
  const strokes = placed(digitStrokes(digit, seed), MNIST_BOX - pen, 14, 14);
  const [x, y] = centreOfMass(drawn(strokes, pen, MNIST_SIZE, MNIST_SIZE), MNIST_SIZE);
  const shifted = strokes.map((stroke) => stroke.map((p): Point => [p[0] + 14 - x, p[1] + 14 - y]));
  return Uint8Array.from(drawn(shifted, pen, MNIST_SIZE, MNIST_SIZE));
}

/** Stroke width as a share of the digit's height. */
function penWidth(digit: number, seed: number): number {
  return 0.09 + 0.05 * new Random(seed, digit, 1).uniform();
}

function placed(strokes: readonly Stroke[], box: number, x: number, y: number): Stroke[] {
  const place = (p: Point): Point => [x + (p[0] - 0.5) * box, y + (p[1] - 0.5) * box];
  return strokes.map((stroke) => stroke.map(place));
}

/** Grey values of round strokes: the distance to the path, softened over one pixel. */
function drawn(strokes: readonly Stroke[], pen: number, width: number, height: number): number[] {
  const grey = new Array<number>(width * height).fill(0);
  for (const stroke of strokes) {
    for (let i = 0; i + 1 < stroke.length; i++) {
      const [a, b] = [stroke[i] as Point, stroke[i + 1] as Point];
      const reach = pen / 2 + 1;
      const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
      const right = Math.min(width, Math.ceil(Math.max(a[0], b[0]) + reach));
      const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
      const bottom = Math.min(height, Math.ceil(Math.max(a[1], b[1]) + reach));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const cover = pen / 2 + 0.5 - distance([x + 0.5, y + 0.5], a, b);
          const value = Math.round(255 * Math.min(Math.max(cover, 0), 1));
          const at = y * width + x;
          grey[at] = Math.max(grey[at] as number, value);
        }
      }
    }
  }
  return grey;
}

/** From a point to the line between two others. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function centreOfMass(grey: readonly number[], width: number): Point {
  let [mass, sumX, sumY] = [0, 0, 0];
  grey.forEach((value, at) => {
    mass += value;
    sumX += value * ((at % width) + 0.5);
    sumY += value * (Math.floor(at / width) + 0.5);
  });
  return [sumX / mass, sumY / mass];
}
