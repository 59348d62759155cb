/** Signs that the demo is taught in tests, written by hand like the digits. */
import { Random } from '../../sdk/src/hff/random.ts';
import { type Form, type Stroke, writtenStrokes } from './written-strokes.ts';

const FORMS = {
  heart: ['50,28 38,4 14,4 2,26 16,60 50,98 50,98 84,60 98,26 86,4 62,4 50,28'],
  arrow: ['2,50 50,50 96,50', '66,22 66,22 96,50 96,50 66,80'],
  house: ['10,98 10,98 10,46 10,46 50,4 50,4 90,46 90,46 90,98 90,98 10,98'],
} satisfies Record<string, Form>;

export type Sign = keyof typeof FORMS;

export const signs = Object.keys(FORMS) as Sign[];

/** @param seed picks the hand: the same seed gives the same strokes */
export function signStrokes(sign: Sign, seed: number): Stroke[] {
  return writtenStrokes(FORMS[sign], new Random(seed, 10 + signs.indexOf(sign)));
}
