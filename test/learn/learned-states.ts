/** States to learn with, samples to learn, and what is compared of them. */
import { expect } from 'vitest';
import { HffError, type HffErrorCode } from '../../sdk/src/error.ts';
import type { Random } from '../../sdk/src/hff/random.ts';
import type { LearnedData } from '../../sdk/src/learn/learned-data.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import type { Moments } from '../../sdk/src/learn/moments.ts';
import { relativeError } from '../support/close.ts';

/** Relative to the largest entry, of sums of the same numbers in another order. */
export const tolerance = 1e-12;

export function startState(
  replica = 'a',
  dimension = 4,
  base: readonly string[] = ['zero', 'one'],
): LearnedState {
  return new LearnedState({ dimension, fingerprint: 'model-1', replica, base });
}

/** Rows of activations: non-negative, many of them zero. */
export function drawRows(random: Random, count: number, dimension: number): Float32Array[] {
  return Array.from({ length: count }, () =>
    random.normals(dimension, 1).map((value) => Math.max(0, value)),
  );
}

/** triangle += factor · those of `moments`. */
export function addMoments(triangle: Float64Array, moments: Moments, factor = 1): void {
  const addRows = (rows: readonly Float32Array[], sign: number): void => {
    for (const row of rows) {
      for (let i = 0, k = 0; i < row.length; i++) {
        for (let j = 0; j <= i; j++, k++) {
          const product = (row[i] as number) * (row[j] as number);
          triangle[k] = (triangle[k] as number) + sign * product;
        }
      }
    }
  };
  addRows(moments.plus, factor);
  addRows(moments.minus, -factor);
  moments.folded?.triangle.forEach((value, k) => {
    triangle[k] = (triangle[k] as number) + factor * value;
  });
}

/** Σ ± u uᵀ of all that a state holds. */
export function secondMoment(state: LearnedState): Float64Array {
  const sum = new Float64Array((state.dimension * (state.dimension + 1)) / 2);
  state.eachMoment((moments) => addMoments(sum, moments));
  return sum;
}

/** What a state knows, whoever asks. */
export function knowledge(state: LearnedState): Omit<LearnedData, 'replica'> {
  const { replica: _, ...known } = state.data();
  return structuredClone(known);
}

/** What was learned, however often something happened. */
export function content(state: LearnedState): unknown {
  const { replicas, ...rest } = knowledge(state);
  const cells = replicas.flatMap(([replica, own]) => own.cells.map((cell) => [replica, ...cell]));
  return { ...rest, cells };
}

export function names(state: LearnedState): string[] {
  return state.classes().map(({ label }) => label);
}

/** Equal class lists and counts; sums and second moments within the tolerance. */
export function expectSameTotals(actual: LearnedState, expected: LearnedState): void {
  const plain = (state: LearnedState): unknown =>
    state.classes().map(({ label, baseIndices, count }) => ({ label, baseIndices, count }));
  expect(plain(actual)).toEqual(plain(expected));
  const others = expected.classes();
  actual.classes().forEach(({ sum }, i) => {
    expect(relativeError(sum, others[i]?.sum ?? [], 1)).toBeLessThanOrEqual(tolerance);
  });
  const error = relativeError(secondMoment(actual), secondMoment(expected), 1);
  expect(error).toBeLessThanOrEqual(tolerance);
}

/** That an operation is refused, and that nothing came of it. */
export function expectRefused(state: LearnedState, code: HffErrorCode, operate: () => void): void {
  const before = structuredClone(state.data());
  let refusal: unknown;
  try {
    operate();
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(HffError);
  expect((refusal as HffError).code).toBe(code);
  expect(state.data()).toEqual(before);
}
