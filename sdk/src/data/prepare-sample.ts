/** One sample, raw values or an image, to standardised numbers. */
import { fitImage } from './fit-image.ts';
import type { InputSpec } from './input-spec.ts';
import type { PixelImage } from './pixel-image.ts';
import { standardise } from './standardise.ts';

/**
 * One sample: its raw values row by row in the range that the input's spec names, or an image of any
 * size (a browser's `ImageData` is one).
 */
export type Sample = ArrayLike<number> | PixelImage;

/**
 * @param out destination, inputSize(spec) numbers
 * @param where names the sample in messages
 * @throws HffError `input/shape`, `input/not-finite`, `input/range`
 */
export function prepareSample(
  out: Float32Array,
  sample: Sample,
  spec: InputSpec,
  where: string,
): void {
  standardise(out, isImage(sample) ? fitImage(sample, spec, where) : sample, spec, where);
}

function isImage(sample: Sample): sample is PixelImage {
  return typeof sample === 'object' && sample !== null && 'data' in sample && 'width' in sample;
}
