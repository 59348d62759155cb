/** Features of a sample as they come from outside. */
import { HffError } from '../error.ts';

/**
 * @returns a copy [D]
 * @throws HffError `input/shape`, `input/not-finite`
 */
export function checkFeatures(features: ArrayLike<number>, dimension: number): Float32Array {
  if (features?.length !== dimension) {
    throw new HffError(
      'input/shape',
      `Features: expected ${dimension} numbers, got ${features?.length}. Are they of this model?`,
    );
  }
  const row = Float32Array.from(features);
  if (!row.every(Number.isFinite)) {
    throw new HffError(
      'input/not-finite',
      'Features: expected finite numbers, got NaN or infinity.',
    );
  }
  return row;
}
