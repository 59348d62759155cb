/**
 * Anything written by hand, as strokes: where a pen would go. Jitter varies slant, rotation, proportions
 * and every control point.
 */
import type { Random } from '../../sdk/src/hff/random.ts';

/** [x, y], y down. */
export type Point = readonly [number, number];
export type Stroke = readonly Point[];

/**
 * Control points of each stroke, as percent of the height: `x,y`, y down. A smooth curve runs through
 * them; a point given twice is a corner.
 */
export type Form = readonly string[];

const STEPS_PER_CURVE = 8;

/**
 * The strokes of one written form, centred in the unit square and 1 high or wide at most, as densely
 * sampled points.
 *
 * @param random picks the hand
 */
export function writtenStrokes(form: Form, random: Random): Stroke[] {
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
