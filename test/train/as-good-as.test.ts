/** Which epochs count as good as the best. */
import { describe, expect, it } from 'vitest';
import { isAsGoodAs } from '../../sdk/src/train/as-good-as.ts';

describe('an epoch is as good as the best', () => {
  // One standard error of 0.5 over 100 samples is 0.05.
  it.each([
    [0.5, 0.5, 100, true],
    [0.46, 0.5, 100, true],
    [0.44, 0.5, 100, false],
    [0.46, 0.5, 10_000, false],
    [1, 1, 100, true],
    [0.99, 1, 100, false],
    [0, 0, 100, true],
  ])('%d beside %d on %d samples: %s', (accuracy, highest, samples, expected) => {
    expect(isAsGoodAs(accuracy, highest, samples)).toBe(expected);
  });
});
