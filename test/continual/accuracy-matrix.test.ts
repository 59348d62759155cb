/** Measures of class-incremental learning against values computed by hand. */
import { expect, it } from 'vitest';
import { incrementalMeasures } from '../../sdk/src/continual/accuracy-matrix.ts';
import { summarise } from '../../sdk/src/continual/summary.ts';

it('weights tasks by their samples and takes the best accuracy before the last task', () => {
  const matrix = [[0.9], [0.8, 0.7], [0.6, 0.75, 0.5]];
  const measures = incrementalMeasures(matrix, [2, 1, 1]);
  const seen = [0.9, (2 * 0.8 + 0.7) / 3, (2 * 0.6 + 0.75 + 0.5) / 4];
  measures.seen.forEach((accuracy, i) => {
    expect(accuracy).toBeCloseTo(seen[i] as number, 12);
  });
  expect(measures.averageIncremental).toBeCloseTo((0.9 + 2.3 / 3 + 0.6125) / 3, 12);
  expect(measures.last).toBeCloseTo(0.6125, 12);
  // Task 0: 0.9 → 0.6; task 1: 0.7 → 0.75.
  expect(measures.forgetting).toBeCloseTo((0.3 - 0.05) / 2, 12);
  expect(measures.baseForgetting).toBeCloseTo(0.3, 12);
  expect(measures.backwardTransfer).toBeCloseTo((-0.3 + 0.05) / 2, 12);
});

it('takes the best accuracy wherever it was, not that of the first time', () => {
  const measures = incrementalMeasures([[0.5], [0.9, 0.4], [0.7, 0.6, 1]], [1, 1, 1]);
  expect(measures.baseForgetting).toBeCloseTo(0.2, 12);
  expect(measures.forgetting).toBeCloseTo((0.2 - 0.2) / 2, 12);
  expect(measures.backwardTransfer).toBeCloseTo((0.2 + 0.2) / 2, 12);
});

it('summarises by the deviation of a sample', () => {
  expect(summarise([1, 2, 4, 5])).toMatchObject({ mean: 3, deviation: Math.sqrt(10 / 3) });
  expect(summarise([0.25])).toEqual({ mean: 0.25, deviation: 0, values: [0.25] });
});
