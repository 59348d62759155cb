/** Heads against the formulas of `fit-head.ts`, from the samples themselves. */
import { beforeAll, describe, expect, it } from 'vitest';
import { toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { BaseStatistics } from '../../sdk/src/learn/base-statistics.ts';
import { inverseTrace } from '../../sdk/src/learn/inverse-trace.ts';
import { Learner } from '../../sdk/src/learn/learner.ts';
import type { Head } from '../../sdk/src/readout.ts';
import { relativeError } from '../support/close.ts';
import { PlainSymmetric } from '../support/plain-symmetric.ts';
import { drawRows, startState } from './learned-states.ts';
import { meanOf, type PlainClass, plainHead, Square, scatterOf } from './plain-head.ts';

let backend: SimdBackend;
let symmetric: SimdSymmetric;

beforeAll(async () => {
  backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  symmetric = await SimdSymmetric.start(backend);
});

/** The estimate that the head uses, on another engine. */
function estimatedTrace(covariance: Square): number {
  const plain = new PlainSymmetric(backend);
  const matrix = plain.matrix(covariance.order);
  for (let i = 0; i < covariance.order; i++) {
    const triangle = new Float64Array((covariance.order * (covariance.order + 1)) / 2);
    triangle.set(covariance.row(i).subarray(0, i + 1), (i * (i + 1)) / 2);
    plain.addTriangle(matrix, triangle, 1);
  }
  plain.factor(matrix);
  return inverseTrace(plain, matrix);
}

/** Samples of a class of its own place. */
function drawClass(label: string, count: number, dimension: number, seed: number): PlainClass {
  const random = new Random(seed);
  const [place] = drawRows(random, 1, dimension) as [Float32Array];
  const rows = drawRows(random, count, dimension).map((row) =>
    row.map((value, i) => 0.3 * value + (place[i] as number)),
  );
  return { label, rows, taught: true };
}

function fitted(
  classes: readonly PlainClass[],
  dimension: number,
  base: BaseStatistics | null = null,
): Head {
  const known = base?.counts ?? [];
  const labels = classes.map(({ label }) => label).slice(0, known.length);
  const state = startState('a', dimension, labels);
  const learner = new Learner(backend, symmetric, base, state);
  classes.forEach(({ label, rows }, c) => {
    for (const row of rows.slice(known[c] ?? 0)) state.learn(label, row);
  });
  const head = learner.fit() as Head;
  learner.dispose();
  return head;
}

function expectHead(
  head: Head,
  classes: readonly PlainClass[],
  dimension: number,
  tolerance: number,
  usualSquare = 0,
): void {
  const expected = plainHead(classes, dimension, usualSquare, estimatedTrace);
  expect(head.labels).toEqual(classes.map(({ label }) => label));
  const weights = expected.weights.flatMap((weight) => [...weight]);
  expect(relativeError(head.weights as Float32Array, weights, 1e-30)).toBeLessThan(tolerance);
  expect(relativeError(head.offsets, expected.offsets, 1e-30)).toBeLessThan(tolerance);
  expect(relativeError(head.expected, expected.expected, 1e-30)).toBeLessThan(tolerance);
  expect(relativeError(head.deviations, expected.deviations, 1e-30)).toBeLessThan(tolerance);
  const means = expected.means.flatMap((mean) => [...mean]);
  expect(relativeError(head.means as Float32Array, means, 1e-30)).toBeLessThan(tolerance);
  expect(relativeError(head.reaches, expected.reaches, 1e-30)).toBeLessThan(tolerance);
}

describe('without a base', () => {
  const cases: [string, number, number[]][] = [
    ['two classes', 6, [12, 9]],
    ['classes of very different sizes', 9, [200, 1, 3, 40]],
    ['more dimensions than samples', 24, [2, 3, 2]],
    ['one class', 8, [30]],
    ['one class of one sample', 8, [1]],
    ['classes of one sample each', 8, [1, 1, 1]],
    ['three hundred classes', 7, new Array(300).fill(2)],
    ['one dimension', 1, [5, 7]],
  ];
  it.each(cases)('%s', (_, dimension, counts) => {
    const classes = counts
      .map((count, c) => drawClass(`c${c}`, count, dimension, 10 * c + dimension))
      .sort((a, b) => (a.label < b.label ? -1 : 1));
    expectHead(fitted(classes, dimension), classes, dimension, 1e-5);
  });

  it('classes of the same samples', () => {
    const { rows } = drawClass('a', 6, 5, 1);
    const classes = ['a', 'b'].map((label) => ({ label, rows, taught: true }));
    const { weights, offsets, expected, deviations } = fitted(classes, 5);
    expect(Math.max(...(weights as Float32Array).map(Math.abs))).toBeLessThan(1e-5);
    for (const numbers of [offsets, expected]) {
      expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(1e-5);
    }
    expect(deviations.every((deviation) => deviation > 0)).toBe(true);
  });

  it('a class of the same sample again and again', () => {
    const row = drawClass('a', 1, 5, 1).rows[0] as Float32Array;
    const classes = [
      { label: 'a', rows: new Array(40).fill(row), taught: true },
      drawClass('b', 1, 5, 2),
    ];
    expectHead(fitted(classes, 5), classes, 5, 1e-4);
  });

  it('samples of zeros', () => {
    const rows = [new Float32Array(5), new Float32Array(5)];
    const head = fitted([{ label: 'a', rows, taught: true }], 5);
    const numbers = [...(head.weights as Float32Array), ...head.offsets];
    expect(numbers.every((number) => number === 0)).toBe(true);
    expect(head.deviations.every((deviation) => deviation > 0)).toBe(true);
  });
});

/** Statistics of the first samples of each class, in as many directions as there are dimensions. */
function baseOf(
  classes: readonly PlainClass[],
  counts: number[],
  dimension: number,
): BaseStatistics {
  const own = classes.map((each, c) => ({ ...each, rows: each.rows.slice(0, counts[c]) }));
  const samples = counts.reduce((sum, count) => sum + count, 0);
  const covariance = scatterOf(own, dimension);
  const plain = new PlainSymmetric(backend);
  const factor = plain.matrix(dimension);
  const rows = Array.from({ length: dimension }, (_, i) => covariance.row(i).subarray(0, i + 1));
  plain.addTriangle(factor, Float64Array.from(rows.flatMap((row) => [...row])), 1 / samples);
  plain.factor(factor);
  const lower = plain.triangle(factor);
  const directions = new Float32Array(dimension * dimension);
  for (let i = 0, k = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) directions[j * dimension + i] = lower[k++] as number;
  }
  return {
    counts,
    means: Float32Array.from(own.flatMap(({ rows }) => [...meanOf(rows, dimension)])),
    directions,
    variances: new Float32Array(dimension),
  };
}

/** Mean ‖μ‖² over the samples. */
function squareOf({ counts, means }: BaseStatistics): number {
  const samples = counts.reduce((sum, count) => sum + count, 0);
  const dimension = toFloat32(means).length / counts.length;
  return toFloat32(means).reduce((sum, value, i) => {
    const share = (counts[Math.floor(i / dimension)] as number) / samples;
    return sum + share * value ** 2;
  }, 0);
}

describe('on a base', () => {
  const [dimension, counts] = [7, [30, 50, 20]];

  it.each([
    ['nothing learned', [0, 0, 0, 0]],
    ['a new class', [0, 0, 0, 4]],
    ['more of what was known', [5, 0, 70, 0]],
    ['both', [1, 2, 3, 1]],
  ])('%s', (_, more) => {
    const classes = more
      .map((count, c) => {
        const all = drawClass(`c${c}`, (counts[c] ?? 0) + count, dimension, c);
        return { ...all, taught: count > 0 };
      })
      .filter(({ rows }) => rows.length > 0);
    const base = baseOf(classes.slice(0, 3), counts, dimension);
    const head = fitted(classes, dimension, base);
    // Means and directions are float32.
    expectHead(head, classes, dimension, 2e-5, squareOf(base));
  });

  const classes = counts.map((count, c) => ({
    ...drawClass(`c${c}`, count, dimension, c),
    taught: false,
  }));

  it('classes of one name are one, with the distance between them as scatter', () => {
    const [first, second, third] = classes as [PlainClass, PlainClass, PlainClass];
    const names = classes.map(({ label }) => label);
    const state = startState('a', dimension, names);
    const other = startState('b', dimension, names);
    state.renameClass('c0', 'same');
    other.renameClass('c1', 'same');
    const base = baseOf(classes, counts, dimension);
    const learner = new Learner(backend, symmetric, base, state);
    state.merge(other);
    const joined = { label: 'same', rows: [...first.rows, ...second.rows], taught: false };
    expectHead(learner.fit() as Head, [joined, third], dimension, 2e-5, squareOf(base));
    learner.dispose();
  });

  it('a class that replicas together forgot more of than there was is none', () => {
    const one = [...classes.slice(0, 2), drawClass('c2', 1, dimension, 2)];
    const names = one.map(({ label }) => label);
    const states = ['a', 'b', 'c'].map((replica) => startState(replica, dimension, names));
    const [a, b, c] = states as [(typeof states)[0], (typeof states)[0], (typeof states)[0]];
    const base = baseOf(one, [30, 50, 1], dimension);
    const learner = new Learner(backend, symmetric, base, a);
    const [row] = drawRows(new Random(3), 1, dimension) as [Float32Array];
    a.learn('c2', row);
    for (const state of [b, c]) {
      state.merge(a);
      state.forget('c2', row);
    }
    a.merge(b);
    a.merge(c);
    const { labels, weights, offsets } = learner.fit() as Head;
    expect(labels).toEqual(['c0', 'c1']);
    expect([...(weights as Float32Array), ...offsets].every(Number.isFinite)).toBe(true);
    learner.dispose();
  });
});

describe('sums of no samples', () => {
  it('are refused', () => {
    const state = startState('a', 3, []);
    const learner = new Learner(backend, symmetric, null, state);
    for (const row of drawRows(new Random(1), 12, 3)) state.learn('a', row);
    // Folded by now, so that nothing tells what was learned.
    state.forget('a', Float32Array.of(100, 0, 0));
    expect(() => learner.fit()).toThrow(expect.objectContaining({ code: 'learn/malformed' }));
    state.learn('a', Float32Array.of(100, 0, 0));
    expect(learner.fit()?.labels).toEqual(['a']);
    learner.dispose();
  });

  it('are no head where there is no class', () => {
    const learner = new Learner(backend, symmetric, null, startState('a', 3, []));
    expect(learner.fit()).toBeNull();
    learner.dispose();
  });
});

describe('the estimate of a trace', () => {
  it.each([5, 40, 120])('of order %i is near', (order) => {
    const classes = [drawClass('a', 2 * order, order, order)];
    const covariance = scatterOf(classes, order);
    for (let i = 0; i < order; i++) covariance.row(i)[i] = (covariance.row(i)[i] as number) + 0.1;
    const exact = covariance.inverse().trace;
    expect(Math.abs(estimatedTrace(covariance) / exact - 1)).toBeLessThan(0.15);
  });

  it('of a diagonal matrix is exact', () => {
    const diagonal = new Square(9);
    for (let i = 0; i < 9; i++) diagonal.row(i)[i] = i + 1;
    expect(estimatedTrace(diagonal)).toBeCloseTo(diagonal.inverse().trace, 12);
  });
});
