/**
 * Other views of an image that is shown to be learned: what a class looks like a little turned, larger
 * or moved. A sample enters the sums as the mean of its views' features, one row like any other.
 */
import { augmentImage, type Placement } from '../data/augment-image.ts';
import { type InputSpec, inputSize } from '../data/input-spec.ts';

type Share = readonly [degrees: number, zoom: number, right: number, down: number];

/** Fixed, so that forgetting sees what learning saw. Shifts are in 28ths of the image. */
const shares: readonly Share[] = [
  [0, 1, 0, 0],
  [12, 1, 1, 1],
  [-12, 1, 1, -1],
  [8, 1.1, -1, 1],
  [-8, 0.9, -1, -1],
  [-12, 1.1, 1.5, 0],
  [12, 0.9, -1.5, 0],
  [12, 0.95, 0, 1.5],
  [-12, 1.05, 0, -1.5],
];

export const viewCount: number = shares.length;

/**
 * @param sample standardised, [D_in]
 * @returns the sample and eight views of it, [9, D_in]
 */
export function viewsOf(sample: Float32Array, spec: InputSpec): Float32Array {
  const size = inputSize(spec);
  const views = new Float32Array(viewCount * size);
  shares.forEach(([degrees, zoom, right, down], i) => {
    const placement: Placement = {
      degrees,
      zoom,
      right: (right * spec.width) / 28,
      down: (down * spec.height) / 28,
      mirrored: false,
      quarterTurns: 0,
    };
    augmentImage(views.subarray(i * size), sample, spec, placement);
  });
  return views;
}
