/** Several samples at once: all or none, and the same as one after the other. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { content, drawRows, expectRefused, startState } from './learned-states.ts';

const rows = drawRows(new Random(1), 9, 4);
const [first] = rows as [Float32Array];
const labels = rows.map((_, i) => ['zero', 'two', '__proto__'][i % 3] as string);

describe('learnAll', () => {
  it('is learning one after the other, in one operation', () => {
    const [together, apart] = [startState(), startState()];
    together.learnAll(labels, rows);
    rows.forEach((row, i) => {
      apart.learn(labels[i] as string, row);
    });
    expect(content(together)).toEqual(content(apart));
    expect([together.version, apart.version]).toEqual([1, 9]);
  });

  it('learns nothing if any sample or label is refused', () => {
    const state = startState();
    expectRefused(state, 'learn/label', () => state.learnAll(['two', ''], rows.slice(0, 2)));
    const short = [first, new Float32Array(3)];
    expectRefused(state, 'input/shape', () => state.learnAll(['two', 'two'], short));
  });

  it('counts the classes that begin together', () => {
    const state = startState(
      'a',
      4,
      Array.from({ length: 99_999 }, (_, i) => `${i}`),
    );
    expectRefused(state, 'learn/too-many', () => state.learnAll(['x', 'y'], rows.slice(0, 2)));
    state.learnAll(['x', 'x'], rows.slice(0, 2));
  });
});

it('holds names the rows that are kept', () => {
  const state = startState();
  expect(state.holds('two', first)).toBe(false);
  state.learn('two', first);
  expect(state.holds('two', first.slice())).toBe(true);
  expect(state.holds('zero', first)).toBe(false);
  // Four rows of four features become a triangle.
  for (const row of rows.slice(1, 4)) state.learn('two', row);
  expect(state.holds('two', first)).toBe(false);
});
