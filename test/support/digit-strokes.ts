/**
 * Handwritten digits as strokes: where a pen would go, with a seeded hand. The forms are own
 * drawings; jitter varies slant, rotation, proportions and every control point. Pixels are the work
 * of render-digit.ts; the demo's tests drive the mouse along these points.
 */
import { Random } from '../../sdk/src/hff/random.ts';

/** [x, y], y down. */
export type Point = readonly [number, number];
export type Stroke = readonly Point[];

/**
 * Control points by digit and stroke, as percent of the digit's height: `x,y`, y down. A smooth
 * curve runs through them; a point given twice is a corner.
 */
const FORMS: readonly (readonly string[])[] = [
  ['36,0 14,14 3,48 11,84 32,100 55,88 66,50 58,13 35,0'],
  ['36,0 34,50 31,100'],
  ['6,20 18,4 38,0 56,10 56,32 38,62 5,96 5,96 32,93 70,96'],
  ['6,12 28,0 52,10 50,32 26,46 26,46 52,55 60,76 42,96 20,100 2,88'],
  ['12,0 6,28 5,52 5,52 30,55 66,50', '55,2 50,50 46,100'],
  ['62,2 20,4 20,4 14,42 14,42 38,38 58,56 53,84 30,100 4,92'],
  ['50,0 24,20 8,55 12,88 34,100 55,86 53,64 34,56 12,74'],
  ['4,6 32,5 62,4 62,4 44,45 30,100'],
  ['53,14 33,0 13,15 23,36 46,58 55,82 33,100 9,84 19,60 45,36 53,14'],
  ['57,12 34,0 10,16 12,40 32,48 53,34 57,12 57,12 54,50 47,100'],
];

const STEPS_PER_CURVE = 8;

/**
 * The strokes of one written digit, centred in the unit square and 1 high or wide at most, as
 * densely sampled points.
 *
 * @param digit 0 to 9
 * @param seed picks the hand: the same seed gives the same strokes
 */
export function digitStrokes(digit: number, seed: number): Stroke[] {
  const form = FORMS[digit];
  if (!form) throw new RangeError(`digitStrokes: expected a digit from 0 to 9, got ${digit}.`);
  const random = new Random(seed, digit);
  const slant = 0.12 + 0.12 * random.normal();
  const angle = 0.06 * random.normal();
  const widen = Math.exp(0.12 * random.normal());
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const write = (px: number, py: number): Point => {
    const y = py / 100 - 0.5 + 0.018 * random.normal();
    const x = widen * (px / 100 - 0.35) + 0.018 * random.normal() - slant * y;
    return [cos * x - sin * y, sin * x + cos * y];
  };
  return centred(form.map((stroke) => curve(writeAll(stroke, write))));
}

function writeAll(stroke: string, write: (x: number, y: number) => Point): Point[] {
  const points = stroke.split(' ');
  const written: Point[] = [];
  points.forEach((point, i) => {
    const [x, y] = point.split(',').map(Number) as [number, number];
    // Both points of a corner must stay one point.
    const corner = point === points[i - 1];
    written.push(corner ? (written[i - 1] as Point) : write(x, y));
  });
  return written;
}

/** The Catmull-Rom spline through the points (Catmull and Rom 1974). */
function curve(points: readonly Point[]): Point[] {
  const at = (i: number): Point => points[Math.min(Math.max(i, 0), points.length - 1)] as Point;
  const path: Point[] = [at(0)];
  for (let i = 0; i + 1 < points.length; i++) {
    if (at(i) === at(i + 1)) continue;
    for (let step = 1; step <= STEPS_PER_CURVE; step++) {
      const t = step / STEPS_PER_CURVE;
      const blend = (axis: 0 | 1): number => {
        const [p, q, r, s] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]];
        const cubic = 3 * (q - r) + s - p;
        const square = 2 * p - 5 * q + 4 * r - s;
        return q + 0.5 * t * (r - p + t * (square + t * cubic));
      };
      path.push([blend(0), blend(1)]);
    }
  }
  return path;
}

/** Scaled to fit the unit square with its shape kept, and centred there. */
function centred(strokes: readonly Stroke[]): Stroke[] {
  const points = strokes.flat();
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const size = Math.max(right - left, bottom - top);
  const place = ([x, y]: Point): Point => [
    0.5 + (x - (left + right) / 2) / size,
    0.5 + (y - (top + bottom) / 2) / size,
  ];
  return strokes.map((stroke) => stroke.map(place));
}
