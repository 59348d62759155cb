/** Examples as they come: tensors of tfjs or plain numbers, of any shape. */
import { HffError } from '../error.ts';

/** What a tensor of tfjs is known by. */
export interface Tensor {
  dataSync(): ArrayLike<number>;
}

export type Example = Tensor | ArrayLike<number>;

/** A head takes D³ steps to compute: of this many features some seconds, of more minutes. */
const mostFeatures = 4096;

/**
 * A copy of an example's numbers.
 * @throws HffError `input/shape`, `input/not-finite`
 */
export function numbersOf(example: Example): Float32Array {
  const values = isTensor(example) ? example.dataSync() : example;
  const length = values?.length;
  if (!(length >= 1 && length <= mostFeatures)) {
    throw new HffError(
      'input/shape',
      `Example: expected a tensor or an array of 1 to ${mostFeatures} numbers, got ${length ?? typeof values}. Of a larger feature map take the mean over all places, as its pooled output.`,
    );
  }
  const numbers = Float32Array.from(values);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return numbers;
  throw new HffError(
    'input/not-finite',
    `Example: expected finite numbers, got ${values[bad]} at index ${bad}. Check what computes it.`,
  );
}

function isTensor(example: Example): example is Tensor {
  return typeof (example as Partial<Tensor> | null)?.dataSync === 'function';
}

/** @throws HffError `input/shape` */
export function checkSize(numbers: Float32Array, dimension: number): void {
  if (numbers.length === dimension) return;
  throw new HffError(
    'input/shape',
    `Example: expected ${dimension} numbers as in the first one, got ${numbers.length}. Use a classifier of its own for other features.`,
  );
}

/** The same direction at length 1. Zeros stay zeros. Changes the array. */
export function toUnitLength(numbers: Float32Array): Float32Array {
  const length = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
  // Numbers of length 1 up to rounding are left alone, so that stored examples keep their bits.
  if (length === 0 || Math.abs(length - 1) < 1e-6) return numbers;
  return numbers.map((value) => value / length);
}
