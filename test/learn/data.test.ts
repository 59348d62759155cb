/** A state as data: comes back as it was, and is looked through before it is believed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import { startState } from './learned-states.ts';
import { anyStep, takeStep } from './steps.ts';

function taught(): LearnedState {
  const [state, other] = [startState('a', 3), startState('b', 3)];
  for (let i = 0; i < 5; i++) state.learn('two', Float32Array.of(i, 1, 0));
  state.renameClass('one', 'uno');
  state.forgetClass('zero');
  other.merge(state);
  other.forget('two', Float32Array.of(4, 1, 0));
  other.learn('one', Float32Array.of(1, 2, 3));
  other.learn('zero', Float32Array.of(1, 2, 3));
  return other;
}

it('comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), anyStep, (steps, next) => {
      const state = startState('a', 4);
      for (const step of steps) takeStep(state, step);
      const back = LearnedState.from(structuredClone(state.data()));
      expect(back.data()).toEqual(state.data());
      expect(back.classes()).toEqual(state.classes());
      for (const each of [back, state]) takeStep(each, next);
      expect(back.data()).toEqual(state.data());
    }),
    { seed: 1, numRuns: 200 },
  );
});

it('is sorted by key, whatever came first', () => {
  const state = startState('b', 3);
  const other = startState('a', 3);
  for (const label of ['b', 'a', 'c']) state.learn(label, Float32Array.of(1, 2, 3));
  other.learn('b', Float32Array.of(1, 2, 3));
  state.merge(other);
  const { replicas } = state.data();
  expect(replicas.map(([id, { cells }]) => [id, cells.map(([c]) => c)])).toEqual([
    ['a', ['1:b']],
    ['b', ['1:a', '1:b', '1:c']],
  ]);
});

it('of an earlier moment stays as it was', () => {
  const state = taught();
  for (let i = 0; i < 4; i++) state.learn('two', Float32Array.of(i, 0, 2));
  const data = state.data();
  const before = structuredClone(data);
  const back = LearnedState.from(data);
  for (const each of [state, back]) {
    for (let i = 0; i < 9; i++) each.learn('two', Float32Array.of(i, 0, 1));
    each.forgetClass('uno');
  }
  expect(data).toEqual(before);
});

/** A part that a changed copy of good data may differ in, and what may stand there instead. */
type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts = ArrayBuffer.isView(value) ? [[0, 0]] : Object.entries(value);
  return [
    path,
    ...parts.flatMap(([key]) =>
      pathsOf(Reflect.get(value, key as string), [...path, key as string]),
    ),
  ];
}

function put(root: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  let target = root as object;
  for (const key of path.slice(0, -1)) target = Reflect.get(target, key) as object;
  Reflect.set(target, path.at(-1) as string, value);
  return root;
}

describe('damaged', () => {
  const paths = pathsOf(taught().data());
  const wrong = [
    null,
    undefined,
    'x',
    '',
    0,
    -1,
    0.5,
    Number.NaN,
    {},
    [],
    [['x', 1]],
    true,
    new Float32Array(2),
  ];

  it.each(paths.map((path) => [path.join('.'), path] as const))(
    'at %s: is refused or works',
    (_, path) => {
      for (const value of wrong) {
        const data = put(structuredClone(taught().data()), path, value);
        let state: LearnedState;
        try {
          state = LearnedState.from(data);
        } catch (error) {
          expect(error).toBeInstanceOf(HffError);
          expect((error as HffError).code).toBe('learn/malformed');
          continue;
        }
        for (const { label, sum } of state.classes()) {
          expect(sum).toHaveLength(state.dimension);
          expect(sum.every(Number.isFinite)).toBe(true);
          state.learn(label, new Float32Array(state.dimension));
        }
        expect(LearnedState.from(state.data()).data()).toEqual(state.data());
      }
    },
  );

  it.each([
    ['no data', [], 5],
    ['no dimension', ['dimension'], 0],
    ['another dimension', ['dimension'], 4],
    ['a base class twice', ['base', 0], 'one'],
    ['a label too long', ['names', 0, 1, 'label'], 'x'.repeat(257)],
    ['a time that is none', ['names', 0, 1, 'time'], 0],
    ['an id without number', ['tombstones', 0, 0], 'zero'],
    ['an id that could not be found', ['tombstones', 0, 0], '2:zero'],
    ['a tombstone of nothing', ['tombstones', 0, 1], 0],
    ['a version that is none', ['replicas', 0, 1, 'version'], 1.5],
    ['a row too short', ['replicas', 0, 1, 'cells', 0, 1, 'plus', 0], new Float32Array(2)],
    ['a row in float64', ['replicas', 0, 1, 'cells', 0, 1, 'plus', 0], new Float64Array(3)],
    ['NaN', ['replicas', 0, 1, 'cells', 0, 1, 'plus', 0, 1], Number.NaN],
    ['an infinity', ['replicas', 0, 1, 'cells', 0, 1, 'folded', 'triangle', 3], Infinity],
    [
      'a triangle too short',
      ['replicas', 0, 1, 'cells', 0, 1, 'folded', 'triangle'],
      new Float64Array(5),
    ],
    ['a sum too long', ['replicas', 0, 1, 'cells', 0, 1, 'folded', 'sum'], new Float64Array(4)],
    ['a count that is none', ['replicas', 0, 1, 'cells', 0, 1, 'folded', 'count'], 0.5],
    [
      'too many rows',
      ['replicas', 0, 1, 'cells', 0, 1, 'minus'],
      Array(2).fill(new Float32Array(3)),
    ],
    ['an empty cell', ['replicas', 0, 1, 'cells', 0, 1], { plus: [], minus: [] }],
  ])('%s: is refused', (_, path, value) => {
    const data = put(structuredClone(taught().data()), path, value);
    expect(() => LearnedState.from(data)).toThrow(
      expect.objectContaining({ code: 'learn/malformed' }),
    );
  });
});
