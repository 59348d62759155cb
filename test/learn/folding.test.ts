/** Rows become triangles, so that a state takes no more room however much is learned. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { drawRows, expectSameTotals, startState } from './learned-states.ts';

describe('room', () => {
  function bytesOf(value: unknown): number {
    if (ArrayBuffer.isView(value)) return value.byteLength;
    if (typeof value !== 'object' || value === null) return 0;
    return Object.values(value).reduce<number>((sum, part) => sum + bytesOf(part), 0);
  }

  it.each([1, 3, 8, 70])(
    'of a class with %i features stays bounded, however much is learned',
    (dimension) => {
      const state = startState('a', dimension);
      const random = new Random(5, dimension);
      const triangle = (8 * dimension * (dimension + 1)) / 2;
      const most = triangle + 8 * dimension + 4 * dimension * Math.min(64, dimension);
      for (let i = 0; i < 500; i++) {
        state.learn('two', drawRows(random, 1, dimension)[0] as Float32Array);
        expect(bytesOf(state.changesSince({}))).toBeLessThanOrEqual(most);
      }
    },
  );

  it('holds with 300 features: folded, forgotten, and equal to plain sums', () => {
    const dimension = 300;
    const state = startState('a', dimension);
    const rows = drawRows(new Random(6), 450, dimension);
    for (const row of rows) state.learn('two', row);
    expect(bytesOf(state.changesSince({}))).toBeLessThan(8 * 150 * 301 + 8 * 300 + 4 * 300 * 64);
    for (const row of rows.slice(0, 200)) state.forget('two', row);
    const rest = startState('b', dimension);
    for (const row of rows.slice(200)) rest.learn('two', row);
    expectSameTotals(state, rest);
  });
});
