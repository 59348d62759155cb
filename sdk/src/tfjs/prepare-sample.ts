/** One sample, image or raw values, to standardised numbers. */
import { fitImage } from '../data/fit-image.ts';
import type { InputSpec } from '../data/input-spec.ts';
import type { PixelImage } from '../data/pixel-image.ts';
import { standardise } from '../data/standardise.ts';
import type { Sample } from '../model.ts';

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
