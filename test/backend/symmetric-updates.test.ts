/** Sums of outer products: against plain loops at every order. */
import { beforeAll, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { accumulate, type Engine, orders, startPlain, startSimd } from './symmetric-engines.ts';
import { rounding } from './symmetric-matrices.ts';

/** Below every result, so that errors are relative to the largest entry. */
const floor = 1e-300;

let engine: Engine;
const oracle = startPlain();

beforeAll(async () => {
  engine = await startSimd();
});

it('adds one row as plain loops do, bit by bit', () => {
  for (const order of orders) {
    const random = new Random(1, order);
    const updates = [1, -1, 1, 0.5].map((factor) => [random.normals(order, 1), factor] as const);
    expect(accumulate(engine, order, updates)).toEqual(accumulate(oracle, order, updates));
  }
});

it.each([0, 2, 3, 4, 63, 64, 65, 130])('adds %i rows', (count) => {
  for (const order of orders) {
    const random = new Random(2, order, count);
    const before = random.normals(order, 1);
    const updates = [
      [before, 1],
      [random.normals(count * order, 1), -1],
    ] as const;
    const error = relativeError(
      accumulate(engine, order, updates),
      accumulate(oracle, order, updates),
      floor,
    );
    expect(error, `order ${order}`).toBeLessThanOrEqual(2 * (count + 1) * rounding);
  }
});

it('adds rows in float64', () => {
  for (const order of orders) {
    for (const count of [0, 1, 3, 70]) {
      const random = new Random(3, order, count);
      const rows = Float64Array.from({ length: count * order }, () => random.normal());
      const [actual, expected] = [engine, oracle].map((e) => {
        const sum = e.symmetric.matrix(order);
        e.symmetric.addOuter(sum, rows, -1 / 3);
        const triangle = e.symmetric.triangle(sum);
        e.symmetric.dispose(sum);
        return triangle;
      });
      const error = relativeError(actual as Float64Array, expected as Float64Array, floor);
      expect(error, `order ${order}`).toBeLessThanOrEqual(2 * (count + 3) * rounding);
    }
  }
});

it.each([
  ['zeros', 0],
  ['subnormal numbers', 1e-41],
  ['numbers around 1e-18', 1e-18],
  ['numbers around 1e37', 1e37],
])('adds %s', (_name, scale) => {
  for (const [count, order] of [
    [1, 67],
    [3, 19],
    [64, 33],
  ] as const) {
    const updates = [[new Random(4).normals(count * order, scale), 1]] as const;
    const actual = accumulate(engine, order, updates);
    const error = relativeError(actual, accumulate(oracle, order, updates), floor);
    expect(error).toBeLessThanOrEqual(2 * count * rounding);
    expect(actual.some((value) => value !== 0)).toBe(scale > 0);
  }
});

it('takes triangles in and gives them out', () => {
  for (const order of orders) {
    const random = new Random(6, order);
    const length = (order * (order + 1)) / 2;
    const triangle = Float64Array.from({ length }, () => random.normal());
    const [actual, expected] = [engine, oracle].map(({ symmetric: s }) => {
      const [a, b] = [s.matrix(order), s.matrix(order)];
      s.addTriangle(a, triangle, 1);
      const before = s.triangle(a);
      s.copy(b, a);
      s.addDiagonal(b, 0.25);
      s.addTriangle(b, triangle, -0.5);
      const results = [before, s.triangle(a), s.triangle(b), s.trace(a), s.trace(b)];
      s.dispose(a, b);
      return results;
    });
    expect(actual?.[0]).toEqual(triangle);
    expect(actual?.slice(1)).toEqual(expected?.slice(1));
  }
});
