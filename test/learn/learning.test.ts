/** One replica: what it learned is a sum, and forgetting is the inverse of learning. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import {
  content,
  drawRows,
  expectSameTotals,
  names,
  secondMoment,
  startState,
  tolerance,
} from './learned-states.ts';

const labels = ['zero', 'two', 'three'];
/** Few samples stay rows; many are folded, more than once. */
const lessons = fc.record({
  dimension: fc.integer({ min: 1, max: 8 }),
  seed: fc.nat(),
  chosen: fc.array(fc.tuple(fc.nat(labels.length - 1), fc.nat(9)), { maxLength: 60 }),
});

describe('learning', () => {
  it('gives the same totals in any order, those of plain sums', () => {
    fc.assert(
      fc.property(lessons, fc.infiniteStream(fc.nat()), ({ dimension, seed, chosen }, keys) => {
        const rows = drawRows(new Random(seed), 10, dimension);
        const shuffled = chosen
          .map((lesson) => [keys.next().value as number, lesson] as const)
          .sort(([a], [b]) => a - b)
          .map(([, lesson]) => lesson);
        const [first, second] = [startState('a', dimension), startState('b', dimension)];
        for (const [c, r] of chosen) first.learn(labels[c] as string, rows[r] as Float32Array);
        for (const [c, r] of shuffled) second.learn(labels[c] as string, rows[r] as Float32Array);
        expectSameTotals(first, second);

        for (const { label, count, sum } of first.classes()) {
          const own = chosen.filter(([c]) => labels[c] === label).map(([, r]) => rows[r]);
          expect(count).toBe(own.length);
          const plain = Float64Array.from({ length: dimension }, (_, i) =>
            own.reduce((total, row) => total + (row?.[i] as number), 0),
          );
          expect(relativeError(sum, plain, 1)).toBeLessThanOrEqual(tolerance);
        }
        const plain: number[] = [];
        for (let i = 0; i < dimension; i++) {
          for (let j = 0; j <= i; j++) {
            const products = chosen.map(
              ([, r]) => (rows[r]?.[i] as number) * (rows[r]?.[j] as number),
            );
            plain.push(products.reduce((total, product) => total + product, 0));
          }
        }
        expect(relativeError(secondMoment(first), plain, 1)).toBeLessThanOrEqual(tolerance);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('lists base classes first, then others by code units; only those with samples', () => {
    const state = startState();
    const [row] = drawRows(new Random(1), 1, 4) as [Float32Array];
    for (const label of ['éa', 'b', 'one', 'B', '🙂', '10', '9']) state.learn(label, row);
    expect(names(state)).toEqual(['zero', 'one', '10', '9', 'B', 'b', 'éa', '🙂']);
    expect(state.classes().map(({ baseIndices }) => baseIndices)).toEqual([
      [0],
      [1],
      ...Array.from({ length: 6 }, () => []),
    ]);
    state.forget('b', row);
    expect(names(state)).not.toContain('b');
  });

  it('takes any text as a label', () => {
    const state = startState();
    const odd = [
      '__proto__',
      'constructor',
      '2:zero',
      '1:zero',
      '👩‍👩‍👧',
      ' ',
      '\0',
      'x'.repeat(256),
    ];
    const rows = drawRows(new Random(2), odd.length, 4);
    odd.forEach((label, i) => {
      state.learn(label, rows[i] as Float32Array);
    });
    expect(names(state)).toEqual(['zero', 'one', ...odd.toSorted()]);
    for (const [i, label] of odd.entries()) {
      const total = state.classes().find((other) => other.label === label);
      expect(total?.sum).toEqual(Float64Array.from(rows[i] as Float32Array));
    }
    for (const label of odd) state.renameClass(label, `${label.slice(0, 200)}!`);
    for (const label of odd) state.forgetClass(`${label.slice(0, 200)}!`);
    expect(names(state)).toEqual(['zero', 'one']);
    expect(Object.prototype).not.toHaveProperty('count');
  });

  it('keeps a copy of the features', () => {
    const state = startState();
    const row = Float32Array.of(1, 2, 3, 4);
    state.learn('two', row);
    row.fill(9);
    expect(state.classes()[2]?.sum).toEqual(Float64Array.of(1, 2, 3, 4));
  });
});

describe('forgetting', () => {
  it('restores the state exactly while rows are kept, and closely once they are folded', () => {
    fc.assert(
      fc.property(lessons, fc.nat(), ({ dimension, seed, chosen }, pick) => {
        const rows = drawRows(new Random(seed), 10, dimension);
        const state = startState('a', dimension);
        for (const [c, r] of chosen) state.learn(labels[c] as string, rows[r] as Float32Array);
        const [label, row] = [labels[pick % 3] as string, rows[pick % 10] as Float32Array];
        const before = content(state);
        const same = startState('a', dimension);
        for (const [c, r] of chosen) same.learn(labels[c] as string, rows[r] as Float32Array);

        const kept = chosen.filter(([c]) => c === pick % 3).length + 1 < dimension;
        state.learn(label, row);
        state.forget(label, row);
        if (kept) expect(content(state)).toEqual(before);
        expectSameTotals(state, same);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('leaves no trace of samples whose rows were kept', () => {
    const state = startState('a', 8);
    const before = content(state);
    const rows = drawRows(new Random(3), 7, 8);
    for (const row of rows) state.learn('two', row);
    for (const row of rows.toReversed()) state.forget('two', row);
    expect(state.version).toBe(14);
    expect(content(state)).toEqual(before);
  });

  it('does not list a class whose folded samples were all forgotten', () => {
    const state = startState('a', 3);
    const rows = drawRows(new Random(4), 10, 3);
    for (const row of rows) state.learn('two', row);
    for (const row of rows) state.forget('two', row);
    expect(names(state)).toEqual(['zero', 'one']);
    expect(relativeError(secondMoment(state), new Float64Array(6), 1)).toBeLessThan(tolerance);
    // What rounding left goes with the class.
    state.forgetClass('two');
    expect(secondMoment(state)).toEqual(new Float64Array(6));
  });
});
