/** What replicas lack of each other, in parts: small, in any order, with gaps, overlapping, twice. */
import { describe, expect, it } from 'vitest';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { Changes } from '../../sdk/src/learn/changes.ts';
import { drawRows, knowledge, names, sent, startState } from './learned-states.ts';

const dimension = 64;
const rows = drawRows(new Random(4), 40, dimension) as [Float32Array, ...Float32Array[]];

/** A replica `a` that learned all rows, and what it changed after each. */
function lesson() {
  const state = startState('a', dimension);
  const parts: Changes[] = [];
  for (const [i, row] of rows.entries()) {
    state.learn(i % 2 ? 'two' : 'three', row);
    parts.push(sent(state.changesSince({ a: i })));
  }
  return { state, parts };
}

describe('what one lacks', () => {
  it('is a row where a row was learned, whatever else is known', () => {
    const { state } = lesson();
    const [{ cells } = { cells: [] }] = state.changesSince({ a: 39 }).replicas;
    expect(cells.map(({ id, moments }) => [id, moments.plus])).toEqual([['1:two', [rows[39]]]]);
    const bytes = writeChanges(state.changesSince({ a: 39 }));
    expect(bytes.length).toBeLessThan(4 * dimension + 600);
  });

  it('is nothing for one who knows all, or more', () => {
    const { state } = lesson();
    expect(state.changesSince(state.versions()).replicas).toEqual([]);
    expect(state.changesSince({ a: 99, b: 3 }).replicas).toEqual([]);
    const other = startState('b', dimension);
    other.merge(state);
    expect(state.take(other.changesSince({}))).toBe(false);
  });

  it('is the whole class where a row was taken away, and no other class', () => {
    const { state } = lesson();
    const other = startState('b', dimension);
    other.merge(state);
    state.forget('three', rows[0]);
    const lacked = state.changesSince(other.versions());
    expect(lacked.replicas[0]?.cells).toMatchObject([{ id: '1:three', isWhole: true }]);
    other.take(sent(lacked));
    expect(knowledge(other)).toEqual(knowledge(state));
  });

  it('is what was forgotten or renamed, once', () => {
    const { state } = lesson();
    const other = startState('b', dimension);
    other.merge(state);
    state.forgetClass('one');
    state.renameClass('two', 'zwei');
    const lacked = state.changesSince(other.versions());
    expect(lacked.tombstones.map(([id]) => id)).toEqual(['1:one']);
    expect(lacked.names.map(([id, { label }]) => [id, label])).toEqual([['1:two', 'zwei']]);
    other.take(sent(lacked));
    expect(names(other)).toEqual(['zero', 'three', 'zwei']);
    expect(state.changesSince(other.versions())).toMatchObject({ tombstones: [], names: [] });
  });
});

describe('parts', () => {
  it.each([
    ['backwards', () => -1],
    [
      'in no order',
      (
        (random) => () =>
          random.uniform() - 0.5
      )(new Random(7)),
    ],
  ])('in %s count at once, and make the same in the end', (_, order) => {
    const { state, parts } = lesson();
    const reader = startState('b', dimension);
    const mixed = order() === -1 ? parts.toReversed() : parts.toSorted(order);
    mixed.forEach((part, i) => {
      expect(reader.take(part)).toBe(true);
      expect(reader.take(part)).toBe(false);
      const learned = reader.classes().reduce((sum, { count }) => sum + count, 0);
      expect(learned).toBe(i + 1);
    });
    expect(knowledge(reader)).toEqual(knowledge(state));
    expect(reader.classes()).toEqual(state.classes());
  });

  it('after a gap are kept over a restart, sent on, and asked for again', () => {
    const { state, parts } = lesson();
    const reader = startState('b', dimension);
    for (const i of [0, 1, 2, 5, 6, 9]) reader.take(parts[i] as Changes);
    expect(reader.versions()).toEqual({ a: 3 });
    const again = reader.restarted();
    expect(knowledge(again)).toEqual(knowledge(reader));
    expect(again.classes()).toEqual(reader.classes());
    const third = startState('c', dimension);
    third.merge(again);
    expect(third.classes()).toEqual(reader.classes());
    third.merge(state);
    expect(knowledge(third)).toEqual(knowledge(state));
    // What both know is not sent again.
    expect(third.changesSince(state.versions()).replicas).toEqual([]);
  });

  it('that overlap count once', () => {
    const { state } = lesson();
    const early = startState('b', dimension);
    const all = (since: number, to: number): Changes => {
      const whole = startState('a', dimension);
      for (const [i, row] of rows.slice(0, to).entries()) whole.learn(i % 2 ? 'two' : 'three', row);
      return sent(whole.changesSince({ a: since }));
    };
    for (const [since, to] of [
      [20, 30],
      [10, 25],
      [12, 22],
      [28, 40],
      [5, 35],
      [0, 6],
    ] as const) {
      early.take(all(since, to));
    }
    expect(knowledge(early)).toEqual(knowledge(state));
  });

  it('with rows taken away find their place when the gap is filled', () => {
    const { state } = lesson();
    const steps = [state.changesSince({})];
    for (const i of [0, 2, 4]) {
      const before = state.versions();
      state.relabel(rows[i] as Float32Array, 'three', 'four');
      steps.push(sent(state.changesSince(before)));
    }
    const reader = startState('b', dimension);
    for (const step of steps.toReversed()) reader.take(step);
    expect(knowledge(reader)).toEqual(knowledge(state));
  });
});
