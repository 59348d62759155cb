/** Factors and solutions: against plain loops at every order, by their residuals, and refusals. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { SymmetricBackend } from '../../sdk/src/backend/symmetric.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { orders, startPlain, startSimd } from './symmetric-engines.ts';
import { backwardError, load, positiveTriangle, rounding } from './symmetric-matrices.ts';

let symmetric: SymmetricBackend;
const oracle = startPlain().symmetric;

beforeAll(async () => {
  ({ symmetric } = await startSimd());
});

it('factors and solves as plain loops do', () => {
  for (const order of orders) {
    const sides = [0, 1, 3, 4, 10][order % 5] as number;
    const triangle = positiveTriangle(order, 2 * order, 1, order);
    const random = new Random(1, order);
    const right = Float64Array.from({ length: sides * order }, () => random.normal());
    const [actual, expected] = [symmetric, oracle].map((s) => {
      const matrix = load(s, order, triangle);
      expect(s.factor(matrix), `order ${order}`).toBe(-1);
      const results = [s.triangle(matrix), s.solve(matrix, right)] as const;
      s.dispose(matrix);
      return results;
    });
    for (const i of [0, 1] as const) {
      const error = relativeError(actual?.[i] ?? [], expected?.[i] ?? [Number.NaN]);
      expect(error, `order ${order}`).toBeLessThan(1e-13);
    }
  }
});

it('solves what it is given, well or badly conditioned, of any scale', () => {
  const system = fc.record({
    order: fc.integer({ min: 1, max: 90 }),
    sides: fc.integer({ min: 1, max: 9 }),
    rank: fc.integer({ min: 0, max: 120 }),
    diagonal: fc.constantFrom(1e-9, 1e-6, 1e-3, 1),
    scale: fc.constantFrom(1e-150, 1e-30, 1, 1e30, 1e150),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(system, ({ order, sides, rank, diagonal, scale, seed }) => {
      const triangle = positiveTriangle(order, rank, diagonal, seed).map((a) => a * scale);
      const random = new Random(2, seed);
      const right = Float64Array.from({ length: sides * order }, () => random.normal());
      const matrix = load(symmetric, order, triangle);
      expect(symmetric.factor(matrix)).toBe(-1);
      const solutions = symmetric.solve(matrix, right);
      symmetric.dispose(matrix);
      for (let side = 0; side < sides; side++) {
        const x = solutions.subarray(side * order, (side + 1) * order);
        const b = right.subarray(side * order, (side + 1) * order);
        expect(backwardError(triangle, x, b)).toBeLessThan(4 * (order + 3) * rounding);
      }
    }),
    { numRuns: 150 },
  );
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('tells a pivot of %d', (pivot) => {
  for (const [order, rows] of [
    [1, [0]],
    [4, [0, 1, 2, 3]],
    [7, [0, 3, 4, 6]],
    [130, [0, 63, 64, 65, 128, 129]],
    [300, [5, 255, 256, 299]],
  ] as const) {
    for (const row of rows) {
      const matrix = symmetric.matrix(order);
      const last = new Float64Array((order * (order + 1)) / 2);
      symmetric.addDiagonal(matrix, 1);
      last[(row * (row + 3)) / 2] = pivot - 1;
      symmetric.addTriangle(matrix, last, 1);
      expect(symmetric.factor(matrix), `order ${order}`).toBe(row);
      symmetric.dispose(matrix);
    }
  }
});

it('tells where the rows of a sum end to be independent', () => {
  for (const order of [2, 5, 66, 131]) {
    for (const rank of [0, 1, order >> 1, order - 1]) {
      const matrix = symmetric.matrix(order);
      // Whole numbers: every pivot is exact.
      for (let row = 0; row < rank; row++) {
        const u = new Float64Array(order).fill(1, row, row + 1);
        u[order - 1] = 1;
        symmetric.addOuter(matrix, u, 1);
      }
      expect(symmetric.factor(matrix), `order ${order}`).toBe(rank);
      symmetric.dispose(matrix);
    }
  }
});

it('solves systems of the smallest and largest numbers', () => {
  for (const diagonal of [5e-324, 1e-300, 1e300]) {
    const matrix = symmetric.matrix(6);
    symmetric.addDiagonal(matrix, diagonal);
    expect(symmetric.factor(matrix)).toBe(-1);
    const right = Float64Array.from({ length: 6 }, (_, i) => i * diagonal);
    const solutions = symmetric.solve(matrix, right);
    expect(relativeError(solutions, [0, 1, 2, 3, 4, 5])).toBeLessThan(1e-15);
    symmetric.dispose(matrix);
  }
});
