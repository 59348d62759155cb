/** Random operations on a state. What is refused must leave no trace. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { isTaughtBy } from '../../sdk/src/learn/replica-name.ts';
import { drawRows, knowledge, type TaughtState } from './learned-states.ts';

export interface Step {
  readonly kind:
    | 'learn'
    | 'learnByAnn'
    | 'revokeAnn'
    | 'forget'
    | 'relabel'
    | 'forgetClass'
    | 'renameClass'
    | 'merge';
  readonly from: string;
  readonly to: string;
  /** Which of a few samples. */
  readonly sample: number;
}

const label = fc.constantFrom('zero', 'one', 'two', 'three', '2:two', '__proto__');

export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('learn' as const) },
    { weight: 4, arbitrary: fc.constantFrom('forget' as const, 'merge' as const) },
    { weight: 3, arbitrary: fc.constantFrom('relabel' as const, 'renameClass' as const) },
    { weight: 3, arbitrary: fc.constant('learnByAnn' as const) },
    { weight: 1, arbitrary: fc.constantFrom('forgetClass' as const, 'revokeAnn' as const) },
  ),
  from: label,
  to: label,
  sample: fc.nat(11),
});

const samples = new Map<number, readonly Float32Array[]>();

function sampleOf(dimension: number, index: number): Float32Array {
  const rows = samples.get(dimension) ?? drawRows(new Random(3, dimension), 12, dimension);
  samples.set(dimension, rows);
  return rows[index] as Float32Array;
}

/** Carries a step out. A merge is the caller's. */
export function takeStep(state: TaughtState, { kind, from, to, sample }: Step): void {
  const row = sampleOf(state.dimension, sample);
  const before = knowledge(state);
  try {
    if (kind === 'learn') state.learn(from, row);
    if (kind === 'learnByAnn') state.take(state.planBy('Ann').learn([from], [row]));
    if (kind === 'revokeAnn') {
      const hers = state.replicas().filter((name) => isTaughtBy(name, 'Ann'));
      state.take(state.plan.revoke(hers));
    }
    if (kind === 'forget') state.forget(from, row);
    if (kind === 'relabel') state.relabel(row, from, to);
    if (kind === 'forgetClass') state.forgetClass(from);
    if (kind === 'renameClass') state.renameClass(from, to);
  } catch (error) {
    if (!(error instanceof HffError)) throw error;
    expect(knowledge(state)).toEqual(before);
  }
}
