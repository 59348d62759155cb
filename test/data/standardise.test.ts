/** Raw values become numbers that float32 holds, or are refused by name. */
import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { standardise } from '../../sdk/src/data/standardise.ts';

const spec: InputSpec = {
  width: 2,
  height: 1,
  channels: 1,
  range: null,
  mean: [1],
  deviation: [2],
  fit: null,
};

function standardised(values: readonly number[], own: Partial<InputSpec> = {}): number[] {
  const out = new Float32Array(2);
  standardise(out, values, { ...spec, ...own }, 'input 3');
  return [...out];
}

it('takes the mean away and divides by the deviation', () => {
  expect(standardised([1, 7])).toEqual([0, 3]);
  expect(standardised([1, 7], { mean: [1, 5], deviation: [1, 4] })).toEqual([0, 0.5]);
  expect(standardised([3e38, 1], { mean: [1], deviation: [1] })).toEqual([Math.fround(3e38), 0]);
});

describe('refuses what float32 does not hold once standardised', () => {
  const cases: [string, number, Partial<InputSpec>][] = [
    ['a large value', 3e38, { deviation: [0.5] }],
    ['a large negative value', -3e38, { deviation: [0.5] }],
    ['a value that only float64 holds', 1e200, {}],
    ['a tiny deviation', 2, { range: [0, 255], deviation: [1e-300] }],
    ['a large mean', -1e308, { mean: [1e308] }],
  ];
  it.each(cases)('%s', (_, value, own) => {
    expect(() => standardised([own.mean?.[0] ?? 1, value], own)).toThrow(
      expect.objectContaining({
        code: 'input/not-finite',
        message: expect.stringMatching(/^input 3: .+ at index 1\./),
      }),
    );
  });
});
