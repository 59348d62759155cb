/** Forward-Forward over HFF at inference, as a table. */
import type { InferenceRatio } from './figures.ts';
import type { Table } from './table.ts';

export function inferenceTable(ratios: readonly InferenceRatio[]): Table {
  return {
    head: ['classes, batch', 'one by one / HFF', 'counted', 'shared / HFF', 'counted'],
    rows: ratios.map(({ classes, batch, oneByOne, shared, counted }) => [
      `${classes.toLocaleString('en')}, ${batch}`,
      oneByOne,
      counted.oneByOne.toFixed(2),
      shared,
      counted.shared.toFixed(2),
    ]),
  };
}
