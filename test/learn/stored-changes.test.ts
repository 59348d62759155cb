/** What was learned as bytes: comes back as it was, and is looked through before it is believed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import type { Changes } from '../../sdk/src/learn/changes.ts';
import { checkChanges } from '../../sdk/src/learn/check-changes.ts';
import { knowledge, startState, type TaughtState } from './learned-states.ts';
import { anyStep, takeStep } from './steps.ts';

function taught(): TaughtState {
  const [state, other] = [startState('a', 3), startState('b', 3)];
  for (let i = 0; i < 5; i++) state.learn('two', Float32Array.of(i, 1, 0));
  state.renameClass('one', 'uno');
  state.forgetClass('zero');
  other.merge(state);
  other.forget('two', Float32Array.of(4, 1, 0));
  other.learn('one', Float32Array.of(1, 2, 3));
  other.learn('zero', Float32Array.of(1, 2, 3));
  other.take(other.planBy('someone').learn(['two'], [Float32Array.of(5, 5, 5)]));
  other.take(other.plan.revoke(['b-someone']));
  return other;
}

it('comes back as it was, and goes on as before', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), anyStep, (steps, next) => {
      const state = startState('a', 4);
      for (const step of steps) takeStep(state, step);
      const back = state.restarted();
      expect(knowledge(back)).toEqual(knowledge(state));
      expect(writeChanges(back.changesSince({}))).toEqual(writeChanges(state.changesSince({})));
      expect(back.classes()).toEqual(state.classes());
      for (const each of [back, state]) takeStep(each, next);
      expect(knowledge(back)).toEqual(knowledge(state));
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
  const { replicas } = state.changesSince({});
  expect(replicas.map(({ replica, cells }) => [replica, cells.map(({ id }) => id)])).toEqual([
    ['a', ['1:b']],
    ['b', ['1:a', '1:b', '1:c']],
  ]);
});

it('of an earlier moment stays as it was', () => {
  const state = taught();
  for (let i = 0; i < 4; i++) state.learn('two', Float32Array.of(i, 0, 2));
  const changes = state.changesSince({});
  const before = structuredClone(changes);
  const back = startState('c', 3);
  back.take(changes);
  for (const each of [state, back]) {
    for (let i = 0; i < 9; i++) each.learn('two', Float32Array.of(i, 0, 1));
    each.forgetClass('uno');
  }
  expect(changes).toEqual(before);
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

function put(root: unknown, path: Path, value: unknown): Changes {
  if (path.length === 0) return value as Changes;
  let target = root as object;
  for (const key of path.slice(0, -1)) target = Reflect.get(target, key) as object;
  Reflect.set(target, path.at(-1) as string, value);
  return root as Changes;
}

describe('damaged', () => {
  const paths = pathsOf(taught().changesSince({}));
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
        const state = startState('c', 3);
        try {
          const changes = checkChanges(put(knowledge(taught()), path, value));
          state.take(changes);
          // What is taken can be sent on.
          expect(readChanges(writeChanges(changes))).toEqual(changes);
        } catch (error) {
          expect(error).toBeInstanceOf(HffError);
          expect((error as HffError).code).toBeOneOf(['learn/malformed', 'learn/foreign']);
          continue;
        }
        for (const { label, sum } of state.classes()) {
          expect(sum).toHaveLength(state.dimension);
          expect(sum.every(Number.isFinite)).toBe(true);
          state.learn(label, new Float32Array(state.dimension));
        }
        expect(knowledge(state.restarted())).toEqual(knowledge(state));
      }
    },
  );

  const cell = ['replicas', 0, 'cells', 0];
  const rows = ['replicas', 1, 'cells', 2];
  it.each<[string, Path, unknown]>([
    ['no changes', [], 5],
    ['no dimension', ['dimension'], 0],
    ['another dimension', ['dimension'], 4],
    ['a label too long', ['names', 0, 1, 'label'], 'x'.repeat(257)],
    ['a time that is none', ['names', 0, 1, 'time'], 0],
    ['an id without number', ['tombstones', 0, 0], 'zero'],
    ['a tombstone of nothing', ['tombstones', 0, 1, 'count'], 0],
    ['a tombstone of nobody', ['tombstones', 0, 1, 'replica'], ''],
    ['a revocation of nobody', ['revoked', 0, 0], ''],
    ['a revocation by nobody', ['revoked', 0, 1, 'replica'], 7],
    ['a replica named as none can be', ['replicas', 0, 'replica'], 'a b'],
    ['a version that is none', ['replicas', 0, 'version'], 1.5],
    ['a version before its beginning', ['replicas', 0, 'since'], 9],
    ['a generation that is none', [...cell, 'generation'], -1],
    ['rows of unknown time', [...rows, 'plusAt'], []],
    ['rows of later than the version', [...rows, 'plusAt', 0], 99],
    ['a row too short', [...rows, 'moments', 'plus', 0], new Float32Array(2)],
    ['a row in float64', [...rows, 'moments', 'plus', 0], new Float64Array(3)],
    ['NaN', [...rows, 'moments', 'plus', 0, 1], Number.NaN],
    ['an infinity', [...cell, 'moments', 'folded', 'triangle', 3], Number.POSITIVE_INFINITY],
    ['a triangle too short', [...cell, 'moments', 'folded', 'triangle'], new Float64Array(5)],
    ['a sum too long', [...cell, 'moments', 'folded', 'sum'], new Float64Array(4)],
    ['a count that is none', [...cell, 'moments', 'folded', 'count'], 0.5],
    ['sums on top of what was there', [...cell, 'isWhole'], false],
    ['a class twice', ['replicas', 1, 'cells', 1, 'id'], '1:two'],
  ])('%s: is refused', (_, path, value) => {
    const data = put(knowledge(taught()), path, value);
    expect(() => checkChanges(data)).toThrow(expect.objectContaining({ code: 'learn/malformed' }));
  });
});
