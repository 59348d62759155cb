/**
 * What `hff train` does with images unless told otherwise: how they are fitted, moved and turned in
 * training, and what units see of them. Data that are no images of bytes get none of it.
 */
import type { Dataset, ImageFit, TrainOptions } from '../node.ts';
import { convolves } from './layer-defaults.ts';
import type { TrainCommandOptions } from './train-options.ts';

type Augmentation = NonNullable<TrainOptions['augment']>;

/** Pixels of the square that handwriting is scaled into: MNIST's 20 of 28, in proportion. */
const glyphBoxShare = 20 / 28;

/** Shifts are shares of the smaller side here. */
const handwriting: Augmentation = { shift: 2 / 28, rotate: 15, zoom: 0.1, flip: false };
const clothes: Augmentation = { shift: 1.5 / 28, rotate: 5, zoom: 0.07, flip: true };
const photos: Augmentation = { shift: 3 / 32, rotate: 8, zoom: 0.1, flip: true };
/** To convolutions, turns and sizes say less, and cost whole pixels. */
const convolvedClothes: Augmentation = { shift: 1 / 28, rotate: 0, zoom: 0, flip: true };
const convolvedPhotos: Augmentation = { shift: 4 / 32, rotate: 0, zoom: 0, flip: true };
const still: Augmentation = { shift: 0, rotate: 0, zoom: 0, flip: false };

const imageNoise = 0.2;

/**
 * Below so many images, turns and fields leave a net of dense layers too little to learn its own classes
 * by.
 */
const manyImages = 2000;

/** MNIST is fitted as glyphs, other images of bytes by cropping, all else not at all. */
export function imageFit({ fit, data }: TrainCommandOptions, dataset: Dataset): ImageFit | null {
  const mode = fit ?? (data === 'mnist' ? 'glyph' : hasImages(dataset) ? 'cover' : 'none');
  if (mode === 'none') return null;
  if (mode === 'cover') return { mode };
  return { mode, box: Math.max(1, Math.round(dataset.width * glyphBoxShare)) };
}

/** Options that are given, completed by defaults for the kind of data. */
export function imageTraining(
  options: TrainCommandOptions,
  dataset: Dataset,
): Pick<TrainOptions, 'augment' | 'turns' | 'fields' | 'noise'> {
  const images = hasImages(dataset);
  const side = Math.min(dataset.width, dataset.height);
  const square = dataset.width === dataset.height;
  const usual = images && options.augment ? usualAugmentation(options, dataset) : still;
  const augment = {
    shift: options.shift ?? usual.shift * side,
    rotate: options.rotate ?? usual.rotate,
    zoom: options.zoom ?? usual.zoom,
    flip: options.flip ?? usual.flip,
  };
  const many = images && dataset.labels.length >= manyImages && !convolves(options);
  const usualFields = many && {
    least: Math.max(1, Math.round(side / 4)),
    most: Math.max(1, Math.round(side / 2)),
  };
  const fields = options.fields ?? usualFields;
  return {
    noise: options.noise ?? (images && !convolves(options) ? imageNoise : 0),
    ...(Object.values(augment).some(Boolean) && { augment }),
    ...((options.turns ?? (many && square)) && { turns: true }),
    ...(fields && { fields }),
  };
}

function hasImages({ inputs, height }: Dataset): boolean {
  return inputs instanceof Uint8Array && height > 1;
}

function usualAugmentation(options: TrainCommandOptions, { channels }: Dataset): Augmentation {
  const isConvolved = convolves(options);
  if (options.data === 'fashion-mnist') return isConvolved ? convolvedClothes : clothes;
  if (channels === 1) return handwriting;
  return isConvolved ? convolvedPhotos : photos;
}
