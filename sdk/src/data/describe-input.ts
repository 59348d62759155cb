/** Reads off a data set what a model trained on it will accept. */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import type { ImageFit, InputSpec } from './input-spec.ts';

/** Deviations below this share of the mean are rounding, not spread, and are left unscaled. */
const leastSpread = 1e-6;

/**
 * Mean and deviation are taken over the samples: per channel for images, per feature otherwise.
 * @param fit how images of other sizes will be fitted, or null for data that are no images
 * @throws HffError `option/invalid` when images are to be fitted, but the values are no bytes
 */
export function describeInput(dataset: Dataset, fit: ImageFit | null): InputSpec {
  const { inputs, width, height, channels } = dataset;
  if (fit && !(inputs instanceof Uint8Array)) {
    throw new HffError(
      'option/invalid',
      'fit: images are fitted as grey values from 0 to 255, but the data set holds other numbers. Store pixels as uint8, or choose no fit.',
    );
  }
  const period = height > 1 ? channels : width * channels;
  const mean = means(inputs, period, (value) => value);
  const variance = means(inputs, period, (value, i) => (value - (mean[i] as number)) ** 2);
  const deviation = variance.map((value, i) => {
    const spread = Math.sqrt(value);
    return spread <= leastSpread * Math.abs(mean[i] as number) || spread === 0 ? 1 : spread;
  });
  return { width, height, channels, range: fit ? [0, 255] : null, mean, deviation, fit };
}

/** Mean of `term` over the values at each place of a period. */
function means(
  inputs: Dataset['inputs'],
  period: number,
  term: (value: number, place: number) => number,
): number[] {
  const sums = new Float64Array(period);
  for (let i = 0, place = 0; i < inputs.length; i++) {
    sums[place] = (sums[place] as number) + term(inputs[i] as number, place);
    if (++place === period) place = 0;
  }
  return Array.from(sums, (sum) => sum / (inputs.length / period));
}
