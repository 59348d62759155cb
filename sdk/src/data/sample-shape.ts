/** What the numbers of a sample mean where the file does not say it: an image or a row of features. */
import { HffError } from '../error.ts';

export interface SampleShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** MNIST and its relatives in a table: 28 · 28 grey values. */
const MNIST_VALUES = 784;

/**
 * The shape that is given, if it fits; without one, 784 values are a grey image of 28 × 28 and every
 * other number of values is a row of features.
 * @throws HffError `option/invalid` if the given shape has another number of values
 */
export function sampleShape(
  count: number,
  given: SampleShape | undefined,
  name: string,
): SampleShape {
  if (!given) {
    const side = Math.sqrt(MNIST_VALUES);
    if (count === MNIST_VALUES) return { width: side, height: side, channels: 1 };
    return { width: count, height: 1, channels: 1 };
  }
  const { width, height, channels } = given;
  if (width * height * channels === count) return { width, height, channels };
  throw new HffError(
    'option/invalid',
    `${name}: has ${count} values per sample, which are not ${width}×${height}×${channels}`,
  );
}
