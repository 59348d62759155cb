/** Classes as a whole: forgotten, renamed, and samples that move between them. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import {
  content,
  drawRows,
  expectSameTotals,
  names,
  secondMoment,
  startState,
} from './learned-states.ts';

const rows = drawRows(new Random(1), 12, 4);
const [a, b, c] = rows as [Float32Array, Float32Array, Float32Array];

describe('forgetClass', () => {
  it('removes all of a class: rows, triangle and the samples of the base', () => {
    const state = startState();
    for (const row of rows) state.learn('one', row);
    state.learn('two', a);
    state.forgetClass('one');
    state.forgetClass('two');
    expect(names(state)).toEqual(['zero']);
    expect(secondMoment(state)).toEqual(new Float64Array(10));
    expect(state.changesSince({}).replicas).toEqual([
      { replica: 'a', since: 0, version: 15, cells: [] },
    ]);
  });

  it('lets a class be learned anew, without the samples of the base', () => {
    const state = startState();
    state.forgetClass('zero');
    state.learn('zero', a);
    const [one, zero] = state.classes();
    expect(one).toMatchObject({ label: 'one', baseIndices: [1], count: 0 });
    expect(zero).toMatchObject({ label: 'zero', baseIndices: [], count: 1 });
    expect(zero?.sum).toEqual(Float64Array.from(a));
    state.forgetClass('zero');
    expect(names(state)).toEqual(['one']);
  });
});

describe('renameClass', () => {
  it('keeps what was learned, the samples of the base and the place', () => {
    const state = startState();
    state.learn('zero', a);
    state.renameClass('zero', 'nought');
    state.learn('nought', b);
    const [nought, one] = state.classes();
    expect(nought).toMatchObject({ label: 'nought', baseIndices: [0], count: 2 });
    expect(one?.label).toBe('one');
    state.renameClass('nought', 'zero');
    state.forget('zero', a);
    state.forget('zero', b);
    expect(names(state)).toEqual(['zero', 'one']);
  });

  it('frees the old label for another class', () => {
    const state = startState();
    for (let n = 1; n <= 3; n++) {
      state.learn('cat', rows[n] as Float32Array);
      state.renameClass('cat', `cat ${n}`);
    }
    state.learn('cat', a);
    state.learn('2:cat', b);
    const sums = state.classes().slice(2);
    expect(sums.map(({ label }) => label)).toEqual(['2:cat', 'cat', 'cat 1', 'cat 2', 'cat 3']);
    const expected = [b, a, ...rows.slice(1, 4)].map((row) => Float64Array.from(row));
    expect(sums.map(({ sum }) => sum)).toEqual(expected);
  });

  it('of a class that is forgotten then holds nothing back', () => {
    const state = startState();
    state.learn('cat', a);
    state.renameClass('cat', 'dog');
    state.forgetClass('dog');
    state.learn('dog', b);
    state.learn('cat', c);
    expect(
      state
        .classes()
        .slice(2)
        .map(({ label, sum }) => [label, sum]),
    ).toEqual([
      ['cat', Float64Array.from(c)],
      ['dog', Float64Array.from(b)],
    ]);
  });
});

describe('relabel', () => {
  it('is forgetting and learning', () => {
    const [state, other] = [startState(), startState()];
    for (const row of rows) {
      for (const each of [state, other]) each.learn('two', row);
    }
    for (const row of rows.slice(0, 5)) {
      state.relabel(row, 'two', 'three');
      other.forget('two', row);
      other.learn('three', row);
    }
    expect(content(state)).toEqual(content(other));
    expect([state.version, other.version]).toEqual([17, 22]);
  });

  it('within a class changes nothing', () => {
    const [state, same] = [startState(), startState()];
    for (const each of [state, same]) each.learn('two', a);
    state.relabel(a, 'two', 'two');
    expectSameTotals(state, same);
  });
});
