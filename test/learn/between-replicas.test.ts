/** What replicas do at once, without knowing of each other. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import {
  drawRows,
  expectSameTotals,
  names,
  secondMoment,
  startState,
  type TaughtState,
} from './learned-states.ts';

describe('between replicas', () => {
  const rows = drawRows(new Random(2), 9, 3);
  const [row] = rows as [Float32Array];

  function trio(): [TaughtState, TaughtState, TaughtState] {
    const states = ['a', 'b', 'c'].map((id) => startState(id, 3)) as ReturnType<typeof trio>;
    for (const each of rows) states[0].learn('two', each);
    for (const state of states) state.merge(states[0]);
    return states;
  }

  it('sums have the same bits, whoever adds them up', () => {
    // Numbers whose sum hangs on their order.
    const states = [1e20, 1, -1e20].map((value, i) => {
      const state = startState(`${i}`, 1);
      state.learn('two', Float32Array.of(value));
      return state;
    });
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
    ];
    const sums = orders.map((order) => {
      const reader = startState('reader', 1);
      for (const i of order) reader.merge(states[i] as TaughtState);
      return reader.classes()[2]?.sum;
    });
    expect(sums[0]).toEqual(sums[1]);
  });

  it('a sample is forgotten where it was not learned', () => {
    const [a, b, c] = trio();
    for (const each of rows) b.forget('two', each);
    for (const state of [a, c]) state.merge(b);
    for (const state of [a, b, c]) expect(names(state)).toEqual(['zero', 'one']);
    // Learned anew, it is there again.
    b.learn('two', row);
    a.merge(b);
    expect(a.classes()[2]).toMatchObject({ label: 'two', count: 1 });
  });

  it('a forgotten class stays so against stale replicas, and yields to newer learning', () => {
    const [a, b, c] = trio();
    a.forgetClass('two');
    a.forgetClass('one');
    c.learn('two', row);
    c.learn('one', row);
    b.merge(c);
    b.merge(a);
    b.merge(c);
    expect(names(b)).toEqual(['zero']);
    expect(secondMoment(b)).toEqual(new Float64Array(6));
    b.learn('two', row);
    for (const state of [a, c]) state.merge(b);
    for (const state of [a, b, c]) {
      expect(names(state)).toEqual(['zero', 'two']);
      expect(state.classes()[1]).toMatchObject({ count: 1, sum: Float64Array.from(row) });
    }
    // Forgotten by two at once, learned anew by one of them: the newer learning stays.
    a.forgetClass('two');
    b.forgetClass('two');
    a.learn('two', row);
    b.merge(a);
    expect(b.classes()[1]).toMatchObject({ label: 'two', count: 1 });
  });

  it('of two new names one wins; what was learned under the old one goes along', () => {
    const [a, b, c] = trio();
    a.renameClass('two', 'deux');
    b.renameClass('two', 'zwei');
    c.learn('two', row);
    for (const state of [a, b, c]) for (const other of [a, b, c]) state.merge(other);
    for (const state of [a, b, c]) {
      expect(names(state)).toEqual(['zero', 'one', 'zwei']);
      expect(state.classes()[2]?.count).toBe(10);
    }
    a.renameClass('zwei', 'deux');
    b.merge(a);
    expect(names(b)).toEqual(['zero', 'one', 'deux']);
  });

  it('classes that come to one name are one, and are forgotten as one', () => {
    const [a, b, c] = trio();
    a.renameClass('zero', 'x');
    b.renameClass('one', 'x');
    c.learn('x', row);
    for (const state of [a, b, c]) for (const other of [a, b, c]) state.merge(other);
    for (const state of [a, b, c]) {
      expect(state.classes()[0]).toMatchObject({ label: 'x', baseIndices: [0, 1], count: 1 });
    }
    expectSameTotals(a, b);
    c.renameClass('x', 'y');
    b.merge(c);
    expect(b.classes()[0]).toMatchObject({ label: 'y', baseIndices: [0, 1], count: 1 });
    b.forgetClass('y');
    expect(names(b)).toEqual(['two']);
  });
});
