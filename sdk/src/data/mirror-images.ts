/** A data set's images with left and right exchanged. */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';

/** @throws HffError `option/invalid` for samples that are no images */
export function mirrorImages(dataset: Dataset): Dataset {
  const { inputs, width, height, channels } = dataset;
  if (height === 1) {
    throw new HffError(
      'option/invalid',
      `flip: expected images to mirror, got samples of ${width}×${height}, which are none. Leave the option out.`,
    );
  }
  const mirrored = inputs.slice();
  for (let pixel = 0; pixel * channels < inputs.length; pixel++) {
    const column = pixel % width;
    const other = (pixel - column + (width - 1 - column)) * channels;
    mirrored.set(inputs.subarray(other, other + channels), pixel * channels);
  }
  return { ...dataset, inputs: mirrored };
}
