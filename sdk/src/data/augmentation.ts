/** How far training images may be moved, and one such change drawn at random. */
import type { Random } from '../hff/random.ts';
import type { Placement } from './augment-image.ts';

/** Each change is drawn evenly from −x to x. */
export interface Augmentation {
  /** Pixels across and along, ≥ 0; whole ones where there is neither rotation nor zoom. */
  readonly shift: number;
  /** Degrees, 0 to 180. */
  readonly rotate: number;
  /** Share of the size, in [0, 1). */
  readonly zoom: number;
  /** Whether half of the images are mirrored, left and right exchanged. */
  readonly flip: boolean;
}

/** The same number of draws whatever the limits are. */
export function drawPlacement(
  { shift, rotate, zoom, flip }: Augmentation,
  random: Random,
): Omit<Placement, 'quarterTurns'> {
  const upTo = (limit: number): number => limit * (2 * random.uniform() - 1);
  // Between whole pixels values would blur, for nothing.
  const wholeUpTo = (limit: number): number =>
    Math.floor(random.uniform() * (2 * limit + 1)) - limit;
  const shifted = (): number =>
    rotate === 0 && zoom === 0 ? wholeUpTo(Math.floor(shift)) : upTo(shift);
  return {
    right: shifted(),
    down: shifted(),
    degrees: upTo(rotate),
    zoom: 1 + upTo(zoom),
    mirrored: random.uniform() < 0.5 && flip,
  };
}
