/**
 * Handwritten digits as strokes. The forms are own drawings. Pixels are the work of render-digit.ts;
 * the demo's tests drive the mouse along these points.
 */
import { Random } from '../../sdk/src/hff/random.ts';
import { type Form, type Stroke, writtenStrokes } from './written-strokes.ts';

export type { Point, Stroke } from './written-strokes.ts';

/** By digit. */
const FORMS: readonly Form[] = [
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

/**
 * The strokes of one written digit.
 *
 * @param digit 0 to 9
 * @param seed picks the hand: the same seed gives the same strokes
 */
export function digitStrokes(digit: number, seed: number): Stroke[] {
  const form = FORMS[digit];
  if (!form) throw new RangeError(`digitStrokes: expected a digit from 0 to 9, got ${digit}.`);
  return writtenStrokes(form, new Random(seed, digit));
}
