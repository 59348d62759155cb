/** Who adds up the changes that a state tells has the sum of its second moments. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import type { Moments } from '../../sdk/src/learn/moments.ts';
import { relativeError } from '../support/close.ts';
import {
  addMoments,
  drawRows,
  secondMoment,
  startState,
  type TaughtState,
  tolerance,
} from './learned-states.ts';
import { anyStep, takeStep } from './steps.ts';

describe('changes', () => {
  it('add up to the sum of all moments, whatever happens', () => {
    const plan = fc.array(fc.record({ who: fc.nat(2), from: fc.nat(2), step: anyStep }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 8 }), (steps, dimension) => {
        const states = ['a', 'b', 'c'].map((id) => startState(id, dimension));
        const sums = states.map((state) => {
          const sum = secondMoment(state);
          state.onChange = (moments, factor) => addMoments(sum, moments, factor);
          return sum;
        });
        for (const { who, from, step } of steps) {
          const [state, other] = [states[who] as TaughtState, states[from] as TaughtState];
          if (step.kind !== 'merge') takeStep(state, step);
          else state.merge(other.restarted());
          const error = relativeError(sums[who] as Float64Array, secondMoment(state), 1);
          expect(error).toBeLessThanOrEqual(tolerance);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  const rows = drawRows(new Random(1), 7, 8) as [Float32Array, Float32Array, ...Float32Array[]];
  const [first, second] = rows;

  function listen(state: TaughtState): [Moments, number][] {
    const heard: [Moments, number][] = [];
    state.onChange = (moments, factor) => heard.push([moments, factor]);
    return heard;
  }

  it('are single rows where single rows changed', () => {
    const [state, other] = [startState('a', 8), startState('b', 8)];
    for (const row of rows.slice(2)) other.learn('two', row);
    state.merge(other);
    other.learn('two', first);
    other.forget('two', rows[4] as Float32Array);
    const heard = listen(state);
    state.merge(other.restarted());
    state.merge(other);
    state.learn('two', second);
    state.forget('two', second);
    state.relabel(first, 'two', 'three');
    expect(heard).toEqual([
      [{ plus: [first], minus: [rows[4]], folded: undefined }, 1],
      [{ plus: [second], minus: [], folded: undefined }, 1],
      [{ plus: [], minus: [second], folded: undefined }, 1],
      [{ plus: [], minus: [first], folded: undefined }, 1],
      [{ plus: [first], minus: [], folded: undefined }, 1],
    ]);
  });

  it('leave a triangle alone that did not change, and swap one that did', () => {
    const [state, other] = [startState('a', 3), startState('b', 3)];
    const few = drawRows(new Random(2), 7, 3);
    for (const row of few.slice(0, 3)) other.learn('two', row);
    const heard = listen(state);
    const send = (): void => state.merge(other.restarted());
    send();
    other.learn('two', few[3] as Float32Array);
    send();
    for (const row of few.slice(4)) other.learn('two', row);
    send();
    const shape = heard.map(([{ plus, minus, folded }, factor]) => [
      plus.length,
      minus.length,
      folded?.count,
      factor,
    ]);
    expect(shape).toEqual([
      [0, 0, 3, 1],
      [1, 0, undefined, 1],
      [1, 1, 6, 1],
      [0, 0, 3, -1],
    ]);
  });
});
