/** Reads off a data set what a model trained on it will accept. */
import type { Dataset } from './dataset.ts';
import type { ImageFit, InputSpec } from './input-spec.ts';

/** Deviations below this are those of a constant, which is left unscaled. */
const leastDeviation = 1e-6;

/**
 * Mean and deviation are taken over the samples: per channel for images, per feature otherwise.
 * @param fit how images of other sizes will be fitted, or null for data that are no images
 */
export function describeInput(dataset: Dataset, fit: ImageFit | null): InputSpec {
  const { inputs, width, height, channels } = dataset;
  const period = fit ? channels : width * height * channels;
  const mean = new Float64Array(period);
  const squares = new Float64Array(period);
  for (let i = 0; i < inputs.length; i++) {
    const value = inputs[i] as number;
    mean[i % period] = (mean[i % period] as number) + value;
    squares[i % period] = (squares[i % period] as number) + value * value;
  }
  const count = inputs.length / period;
  const deviation = Array.from(squares, (sum, i) => {
    const average = (mean[i] as number) / count;
    const spread = Math.sqrt(Math.max(0, sum / count - average * average));
    return spread < leastDeviation ? 1 : spread;
  });
  return {
    width,
    height,
    channels,
    range: inputs instanceof Uint8Array ? [0, 255] : null,
    mean: Array.from(mean, (sum) => sum / count),
    deviation,
    fit,
  };
}
