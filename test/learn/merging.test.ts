/** States of several replicas become one: a join in whatever order, grouping and number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import {
  drawRows,
  knowledge,
  secondMoment,
  startState,
  type TaughtState,
} from './learned-states.ts';
import { anyStep, takeStep } from './steps.ts';

/** States of four replicas that know part of each other. */
const families = fc
  .array(fc.record({ who: fc.nat(3), from: fc.nat(3), step: anyStep }), { maxLength: 60 })
  .map((plan) => {
    const states = ['a', 'b', 'c', 'd'].map((id) => startState(id, 3));
    for (const { who, from, step } of plan) {
      const state = states[who] as TaughtState;
      if (step.kind === 'merge') state.merge(states[from] as TaughtState);
      else takeStep(state, step);
    }
    return states as [TaughtState, TaughtState, TaughtState, TaughtState];
  });

function copy(state: TaughtState): TaughtState {
  return state.restarted();
}

function join(...states: readonly TaughtState[]): TaughtState {
  const joined = startState('reader', 3);
  for (const state of states) joined.merge(copy(state));
  return joined;
}

describe('merging', () => {
  it('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(families, ([a, b, c, d]) => {
        const expected = join(a, b, c, d);
        for (const other of [
          join(d, c, b, a),
          join(c, a, d, b),
          join(join(a, b), join(c, d)),
          join(a, join(b, join(c, d))),
          join(a, a, b, c, b, d, c, a),
          join(expected, a, expected),
        ]) {
          expect(knowledge(other)).toEqual(knowledge(expected));
          expect(other.classes()).toEqual(expected.classes());
          expect(secondMoment(other)).toEqual(secondMoment(expected));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('leaves the other state as it is, then and later', () => {
    fc.assert(
      fc.property(families, fc.array(anyStep, { maxLength: 10 }), ([a, b], steps) => {
        const before = knowledge(b);
        a.merge(b);
        expect(knowledge(b)).toEqual(before);
        for (const step of steps) takeStep(a, step);
        expect(knowledge(b)).toEqual(before);
        a.merge(a);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('takes back what its own replica knew, as after a lost device', () => {
    const [row, other] = drawRows(new Random(1), 2, 3) as [Float32Array, Float32Array];
    const state = startState('a', 3);
    state.learn('two', row);
    const saved = copy(state);
    state.learn('two', other);
    saved.merge(state);
    expect(knowledge(saved)).toEqual(knowledge(state));
    expect(saved.version).toBe(2);
  });
});
