/** States to learn with, samples to learn, and what is compared of them. */
import { expect } from 'vitest';
import { HffError, type HffErrorCode } from '../../sdk/src/error.ts';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import type { Random } from '../../sdk/src/hff/random.ts';
import type { Changes } from '../../sdk/src/learn/changes.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import { isNothing, type Moments } from '../../sdk/src/learn/moments.ts';
import { relativeError } from '../support/close.ts';

/** Relative to the largest entry, of sums of the same numbers in another order. */
export const tolerance = 1e-12;

export function startState(
  replica = 'a',
  dimension = 4,
  base: readonly string[] = ['zero', 'one'],
): TaughtState {
  return new TaughtState({ dimension, fingerprint: 'model-1', replica, base });
}

/** A state whose operations are carried out as they are planned. */
export class TaughtState extends LearnedState {
  learn(label: string, features: Float32Array): void {
    this.learnAll([label], [features]);
  }

  learnAll(labels: readonly string[], features: readonly Float32Array[]): void {
    this.take(this.plan.learn(labels, features));
  }

  forget(label: string, features: Float32Array): void {
    this.take(this.plan.forget(label, features));
  }

  relabel(features: Float32Array, from: string, to: string): void {
    this.take(this.plan.relabel(features, from, to));
  }

  forgetClass(label: string): void {
    this.take(this.plan.forgetClass(label));
  }

  renameClass(from: string, to: string): void {
    this.take(this.plan.renameClass(from, to));
  }

  /** All that the other knows and this one does not, by way of bytes. */
  merge(other: LearnedState): void {
    this.take(sent(other.changesSince(this.versions())));
  }

  /** As a device has it that starts again from what it stored. */
  restarted(): TaughtState {
    const again = new TaughtState(this);
    again.take(sent(this.changesSince({})));
    return again;
  }
}

/** What arrives of changes that are sent. */
export function sent(changes: Changes): Changes {
  return readChanges(writeChanges(changes));
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
export function knowledge(state: LearnedState): Changes {
  return structuredClone(state.changesSince({}));
}

/** What was learned, however often something happened. */
export function content(state: LearnedState): unknown {
  const { replicas, tombstones, names } = knowledge(state);
  const cells = replicas.flatMap(({ replica, cells }) =>
    cells
      .filter(({ moments }) => !isNothing(moments))
      .map(({ id, generation, moments }) => ({ replica, id, generation, moments })),
  );
  return {
    cells,
    forgotten: tombstones.map(([id, { count }]) => [id, count]),
    names: names.map(([id, { label }]) => [id, label]),
  };
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
  const before = knowledge(state);
  let refusal: unknown;
  try {
    operate();
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(HffError);
  expect((refusal as HffError).code).toBe(code);
  expect(knowledge(state)).toEqual(before);
}
