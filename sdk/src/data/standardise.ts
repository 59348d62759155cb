/** Raw values to network inputs: checked against the model's range, then (value − mean) / deviation. */
import { HffError } from '../error.ts';
import { type InputSpec, inputSize } from './input-spec.ts';

/**
 * Writes one standardised sample.
 * @param out destination, inputSize(spec) numbers
 * @param values raw values in the range that `spec` names, inputSize(spec) numbers
 * @param where names the sample in messages, for instance `input 3`
 * @throws HffError `input/shape`, `input/not-finite`, `input/range`
 */
export function standardise(
  out: Float32Array,
  values: ArrayLike<number>,
  spec: InputSpec,
  where: string,
): void {
  checkLength(values, spec, where);
  const { range, mean, deviation } = spec;
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const period = mean.length;
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new HffError(
        'input/not-finite',
        `${where}: expected finite numbers, got ${String(value)} at index ${i}.`,
      );
    }
    if (value < low || value > high) {
      throw new HffError(
        'input/range',
        `${where}: expected values from ${low} to ${high}, got ${value} at index ${i}. Hand in raw values: the model standardises them itself.`,
      );
    }
    out[i] = (value - (mean[i % period] as number)) / (deviation[i % period] as number);
    if (!Number.isFinite(out[i])) {
      throw new HffError(
        'input/not-finite',
        `${where}: expected values that stay within float32 when the model standardises them, got ${value} at index ${i}. Hand in smaller values, or correct the model's mean and deviation.`,
      );
    }
  }
}

function checkLength(values: ArrayLike<number>, spec: InputSpec, where: string): void {
  const size = inputSize(spec);
  if (values?.length !== size) {
    const { width, height, channels } = spec;
    throw new HffError(
      'input/shape',
      `${where}: expected ${size} values (${width}×${height}×${channels}, row by row), got ${values?.length ?? typeof values}. An image of another size can be handed in as { width, height, data }.`,
    );
  }
}
