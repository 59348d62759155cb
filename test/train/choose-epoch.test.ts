/** Which epoch a run ends with. */
import { describe, expect, it } from 'vitest';
import { chooseEpoch } from '../../sdk/src/train/choose-epoch.ts';

const layers = [{ loss: 1, accuracy: 0.5 }];

describe('an epoch', () => {
  // One standard error of 0.5 over 100 samples is 0.05.
  it.each([
    [0.5, 0.5, 100, true],
    [0.46, 0.5, 100, true],
    [0.44, 0.5, 100, false],
    [0.46, 0.5, 10_000, false],
    [1, 1, 100, true],
    [0.99, 1, 100, false],
    [0, 0, 100, true],
  ])('of %d after one of %d, on %d samples, is chosen: %s', (accuracy, best, samples, expected) => {
    const report = { epoch: 2, layers, holdoutAccuracy: accuracy };
    const chosen = chooseEpoch(report, { epoch: 1, highest: best }, samples);
    expect(chosen).toEqual(expected ? { epoch: 2, highest: best } : null);
  });

  it('is not chosen where a loss is not finite', () => {
    const diverged = [...layers, { loss: Number.NaN, accuracy: 0.1 }];
    const report = { epoch: 2, layers: diverged, holdoutAccuracy: 0.9 };
    expect(chooseEpoch(report, { epoch: 1, highest: 0.5 }, 100)).toBe(null);
  });

  it('is the first one, and is measured by later ones when it is the best', () => {
    const first = chooseEpoch({ epoch: 1, layers, holdoutAccuracy: 0.3 }, null, 100);
    expect(first).toEqual({ epoch: 1, highest: 0.3 });
    const second = chooseEpoch({ epoch: 2, layers, holdoutAccuracy: 0.6 }, first, 100);
    expect(second).toEqual({ epoch: 2, highest: 0.6 });
  });
});
