/** Expected calibration error against small cases by hand. */
import { expect, it } from 'vitest';
import { calibrationError } from '../../sdk/src/continual/calibration-error.ts';

it('is zero where probabilities say how often decisions are right', () => {
  expect(calibrationError([0.5, 0.5, 1, 1], [true, false, true, true])).toBe(0);
});

it('is the gap of each bin, weighted by its samples', () => {
  // Bin of 0.9: 1.8 said, 1 right. Bin of 0.3: 0.6 said, 2 right.
  const error = calibrationError([0.9, 0.9, 0.3, 0.3], [true, false, true, true]);
  expect(error).toBeCloseTo((0.8 + 1.4) / 4, 12);
});

it('lets over- and underconfidence cancel within a bin only', () => {
  expect(calibrationError([0.96, 0.94], [false, true])).toBeCloseTo((1.9 - 1) / 2, 12);
  expect(calibrationError([1, 0], [false, true])).toBe(1);
});

it('is zero without decisions', () => {
  expect(calibrationError([], [])).toBe(0);
});
