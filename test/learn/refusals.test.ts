/** What is refused, with its code, and leaves the state as it was. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { drawRows, expectRefused, startState, TaughtState } from './learned-states.ts';

const [a, b] = drawRows(new Random(1), 2, 4) as [Float32Array, Float32Array];

function taught(): TaughtState {
  const state = startState();
  state.learn('two', a);
  state.renameClass('zero', 'nought');
  return state;
}

it.each([
  ['empty', ''],
  ['too long', 'x'.repeat(257)],
  ['half a character', 'x\ud83d'],
  ['a number', 7],
  ['nothing', undefined],
  ['an object', { toString: () => 'two' }],
])('labels: %s', (_, label) => {
  const state = taught();
  const bad = label as string;
  expectRefused(state, 'learn/label', () => state.learn(bad, a));
  expectRefused(state, 'learn/label', () => state.forget(bad, a));
  expectRefused(state, 'learn/label', () => state.relabel(a, bad, 'two'));
  expectRefused(state, 'learn/label', () => state.relabel(a, 'two', bad));
  expectRefused(state, 'learn/label', () => state.forgetClass(bad));
  expectRefused(state, 'learn/label', () => state.renameClass(bad, 'x'));
  expectRefused(state, 'learn/label', () => state.renameClass('two', bad));
});

it.each([
  ['too few', 'input/shape', new Float32Array(3)],
  ['too many', 'input/shape', new Float32Array(5)],
  ['none', 'input/shape', undefined],
  ['NaN', 'input/not-finite', Float32Array.of(1, Number.NaN, 0, 0)],
  ['infinite', 'input/not-finite', Float32Array.of(1, 0, 0, -Infinity)],
] as const)('features: %s', (_, code, features) => {
  const state = taught();
  const bad = features as Float32Array;
  expectRefused(state, code, () => state.learn('two', bad));
  expectRefused(state, code, () => state.forget('two', bad));
  expectRefused(state, code, () => state.relabel(bad, 'two', 'three'));
});

describe('classes', () => {
  it.each(['three', 'zero'])('that are not there: %s', (label) => {
    const state = taught();
    expectRefused(state, 'learn/unknown-class', () => state.forget(label, a));
    expectRefused(state, 'learn/unknown-class', () => state.relabel(a, label, 'two'));
    expectRefused(state, 'learn/unknown-class', () => state.forgetClass(label));
    expectRefused(state, 'learn/unknown-class', () => state.renameClass(label, 'four'));
  });

  it.each(['one', 'nought', 'two'])('renamed to one that is there: %s', (label) => {
    const state = taught();
    expectRefused(state, 'learn/exists', () => state.renameClass('two', label));
  });

  it('more than 100,000, forgotten and renamed ones included', () => {
    const base = Array.from({ length: 99_998 }, (_, i) => `${i}`);
    const state = startState('a', 4, base);
    state.forgetClass('7');
    state.renameClass('8', 'eight');
    state.learn('x', a);
    const other = startState('b', 4, base);
    other.learn('y', a);
    state.learn('z', a);
    expect(state.classes()).toHaveLength(99_999);
    expectRefused(state, 'learn/too-many', () => state.learn('y', a));
    expectRefused(state, 'learn/too-many', () => state.relabel(a, 'x', 'y'));
    expectRefused(state, 'learn/too-many', () => state.merge(other));
    state.learn('7', a);
    const tombstone = ['1:w', { count: 1, replica: 'b', version: 1 }] as const;
    const crowded = { ...other.changesSince({}), tombstones: [tombstone] };
    expectRefused(state, 'learn/too-many', () => state.take(crowded));
  });
});

it('to go on from numbers that were made up, as nobody could read what follows', () => {
  const last = Number.MAX_SAFE_INTEGER;
  const state = startState();
  const { replicas, ...rest } = state.plan.learn(['two'], [a]);
  const name = { label: 'three', time: last, replica: 'b', version: 1 };
  const tombstone = { count: last, replica: 'b', version: 1 };
  state.take({
    ...rest,
    replicas: [],
    names: [['1:two', name]],
    tombstones: [['1:one', tombstone]],
  });
  expectRefused(state, 'learn/malformed', () => state.renameClass('zero', 'nought'));
  state.learn('one', a);
  expectRefused(state, 'learn/malformed', () => state.forgetClass('one'));
  state.take({ ...rest, replicas: replicas.map((part) => ({ ...part, since: 0, version: last })) });
  expectRefused(state, 'learn/malformed', () => state.learn('one', b));
});

describe('samples that were never learned', () => {
  it('where no class has learned any, or all are at hand', () => {
    const state = taught();
    expectRefused(state, 'learn/not-learned', () => state.forget('one', a));
    expectRefused(state, 'learn/not-learned', () => state.forget('two', b));
    expectRefused(state, 'learn/not-learned', () => state.relabel(b, 'two', 'one'));
    state.learn('two', b);
    state.forget('two', a);
    expectRefused(state, 'learn/not-learned', () => state.forget('two', a));
  });

  it('where another replica has forgotten them already', () => {
    const [state, other] = [taught(), startState('b')];
    state.learn('two', b);
    other.merge(state);
    other.forget('two', a);
    expectRefused(other, 'learn/not-learned', () => other.forget('two', a));
    state.merge(other);
    expectRefused(state, 'learn/not-learned', () => state.forget('two', a));
  });

  it('more often than samples were learned, once they are folded', () => {
    const state = startState();
    const rows = drawRows(new Random(2), 6, 4);
    for (const row of rows) state.learn('one', row);
    for (const row of rows) state.forget('one', row);
    expectRefused(state, 'learn/not-learned', () => state.forget('one', a));
  });
});

it.each([{ fingerprint: 'model-2' }, { dimension: 5 }])(
  'states of other models: %o',
  (difference) => {
    const state = taught();
    const other = new TaughtState({
      dimension: 4,
      fingerprint: 'model-1',
      replica: 'b',
      base: ['zero', 'one'],
      ...difference,
    });
    expectRefused(state, 'learn/foreign', () => state.merge(other));
  },
);
