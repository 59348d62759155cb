/** Training images, each changed at random on its way into a batch. */
import type { Random } from '../hff/random.ts';
import { augmentImage } from './augment-image.ts';
import { type Augmentation, drawPlacement } from './augmentation.ts';
import type { Dataset } from './dataset.ts';
import { type InputSpec, inputSize } from './input-spec.ts';
import { standardise } from './standardise.ts';

export interface ImageChanges {
  readonly augment: Augmentation | undefined;
  /**
   * Whether each image is also turned by a random multiple of 90°, so that classes become (turn,
   * class): label turn · C + class, the upright ones first. Images must be square.
   */
  readonly turns: boolean;
}

export interface AugmentedBatch {
  /** [N, D_in], row by row, standardised. */
  readonly inputs: Float32Array;
  /** Class index of each sample, N. */
  readonly labels: Uint32Array;
}

const unchanged: Augmentation = { shift: 0, rotate: 0, zoom: 0, flip: false };

/**
 * @param indices which samples, in order
 * @throws HffError `input/…` naming the sample, when it does not suit the model
 */
export function augmentBatch(
  dataset: Dataset,
  spec: InputSpec,
  indices: Uint32Array,
  { augment = unchanged, turns }: ImageChanges,
  random: Random,
): AugmentedBatch {
  const size = inputSize(spec);
  const classes = dataset.classes.length;
  const inputs = new Float32Array(indices.length * size);
  const labels = new Uint32Array(indices.length);
  const changed = new Float32Array(size);
  indices.forEach((index, row) => {
    const image = dataset.inputs.subarray(index * size, (index + 1) * size);
    const quarterTurns = turns ? random.integer(4) : 0;
    augmentImage(changed, image, spec, { ...drawPlacement(augment, random), quarterTurns });
    standardise(inputs.subarray(row * size, (row + 1) * size), changed, spec, `sample ${index}`);
    labels[row] = quarterTurns * classes + (dataset.labels[index] as number);
  });
  return { inputs, labels };
}
