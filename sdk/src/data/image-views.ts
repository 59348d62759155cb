/** The same images seen in several ways, by which one decision is made: test-time augmentation. */
import { checkOption } from '../check-option.ts';
import { HffError } from '../error.ts';
import { asItIs, augmentImage, type Placement } from './augment-image.ts';
import type { Dataset } from './dataset.ts';

export interface ViewOptions {
  /** Whether each image is seen mirrored too, left and right exchanged. */
  readonly flip?: boolean;
  /**
   * Whole pixels, less than a side, by which each image is also seen moved to the left, to the right, up
   * and down; 0 for none. What lies outside mirrors what is within.
   */
  readonly shift?: number;
}

/**
 * The image as it is first: one view, 2 with `flip`, 5 with `shift`, 10 with both.
 * @throws HffError `option/invalid`, for samples that are no images too
 */
export function imageViews(
  { width, height }: Pick<Dataset, 'width' | 'height'>,
  { flip = false, shift = 0 }: ViewOptions,
): readonly [Placement, ...Placement[]] {
  if ((flip || shift !== 0) && height === 1) {
    throw new HffError(
      'option/invalid',
      `${flip ? 'flip' : 'shift'}: expected images to see in other ways, got samples of ${width}×${height}, which are none. Leave the option out.`,
    );
  }
  checkOption('shift', shift, 0, Math.min(width, height) - 1, Number.isInteger(shift));
  const moves = [
    { right: -shift, down: 0 },
    { right: shift, down: 0 },
    { right: 0, down: -shift },
    { right: 0, down: shift },
  ];
  const moved = shift > 0 ? moves.map((move) => ({ ...asItIs, ...move })) : [];
  const mirrored = [asItIs, ...moved].map((view) => ({ ...view, mirrored: true }));
  return [asItIs, ...moved, ...(flip ? mirrored : [])];
}

/** A data set's images in one of their views. */
export function placeImages(dataset: Dataset, placement: Placement): Dataset {
  const size = dataset.width * dataset.height * dataset.channels;
  const inputs = new Float32Array(dataset.inputs.length);
  for (let start = 0; start < inputs.length; start += size) {
    const image = dataset.inputs.subarray(start, start + size);
    augmentImage(inputs.subarray(start, start + size), image, dataset, placement);
  }
  return { ...dataset, inputs };
}
