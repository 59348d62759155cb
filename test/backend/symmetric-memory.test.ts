/** Memory is laid out once, and what comes out of it is a copy. */
import { beforeAll, expect, it } from 'vitest';
import type { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { type Engine, startSimd } from './symmetric-engines.ts';
import { unitRows } from './symmetric-matrices.ts';

let engine: Engine<SimdBackend>;

beforeAll(async () => {
  engine = await startSimd();
});

it('needs no more memory after the first round', () => {
  const { backend, symmetric } = engine;
  const { memory } = backend.parts.kernels;
  const round = () => {
    const [sum, factor] = [symmetric.matrix(130), symmetric.matrix(130)];
    const rows = backend.load(unitRows(new Random(7), 70, 130), 70, 130);
    symmetric.addOuter(sum, rows, 1);
    symmetric.addOuter(sum, new Float64Array(9 * 130), -1);
    symmetric.copy(factor, sum);
    symmetric.addDiagonal(factor, 1);
    expect(symmetric.factor(factor)).toBe(-1);
    symmetric.solve(factor, new Float64Array(9 * 130));
    symmetric.dispose(sum, factor);
    backend.dispose(rows);
  };
  round();
  const { byteLength } = memory.buffer;
  for (let i = 0; i < 50; i++) round();
  expect(memory.buffer.byteLength).toBe(byteLength);
});

it('gives out copies', () => {
  const { symmetric } = engine;
  const matrix = symmetric.matrix(3);
  symmetric.addDiagonal(matrix, 4);
  const triangle = symmetric.triangle(matrix);
  symmetric.factor(matrix);
  const right = Float64Array.of(4, 8, 12);
  const solutions = symmetric.solve(matrix, right);
  symmetric.solve(matrix, Float64Array.of(1, 1, 1));
  expect(triangle).toEqual(Float64Array.of(4, 0, 4, 0, 0, 4));
  expect(solutions).toEqual(Float64Array.of(1, 2, 3));
  expect(right).toEqual(Float64Array.of(4, 8, 12));
  symmetric.dispose(matrix);
});
