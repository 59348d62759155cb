/** Zeros, subnormal, very small and very large numbers. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { relativeError } from '../support/close.ts';
import { agree, type Content, engines, tolerance } from './engines.ts';

const any = [1, 1] as const;

const scaled =
  (scale: number): Content =>
  (count, random) =>
    random.normals(count, scale);

describe.each(engines)('%s', (_, start) => {
  let backend: TrainingBackend;

  beforeAll(async () => {
    backend = await start();
  });

  const contents: [string, Content, number][] = [
    ['zeros', (count) => new Float32Array(count), 1],
    // Their own spacing is 1.4e-45.
    ['subnormal numbers', scaled(1e-41), 1e-40],
    ['numbers around 1e-18', scaled(1e-18), 1e-36],
    ['numbers around 1e15', scaled(1e15), 1],
    ['one number among zeros', (count) => new Float32Array(count).fill(3, count - 1), 1],
    ['both zeros', (count) => Float32Array.from({ length: count }, (_, i) => (i % 2 ? 0 : -0)), 1],
  ];

  it.each(contents)('products, sums and scaling of %s', (_name, content, floor) => {
    for (const [n, d] of [
      [1, 67],
      [3, 19],
      [64, 33],
    ] as const) {
      const check = (shapes: [number, number][], run: Parameters<typeof agree>[2]) =>
        agree(backend, shapes, run, content, floor);
      check(
        [
          [1, 1],
          [n, d],
          [d, 9],
          [1, 9],
        ],
        (e, out, x, w, b) => e.affineRelu(out, x, w, b),
      );
      check(
        [
          [1, 1],
          [n, d],
          [9, d],
        ],
        (e, out, a, b) => e.multiply(out, a, b, 'right'),
      );
      check(
        [
          [1, 1],
          [n, d],
        ],
        (e, out, a) => e.columnSums(out, a),
      );
      check(
        [
          [1, 1],
          [n, d],
        ],
        (e, out, a) => e.scale(out, a, 0.5),
      );
      check(
        [
          [n, d],
          [n, d],
        ],
        (e, a, b) => e.descend(a, b, 0.25),
      );
    }
  });

  it('gives rows without direction a zero unit and a zero gradient', () => {
    for (const content of [0, 1e-8, 1e-30, 1e-42]) {
      const [a, unit, norm, v, out] = matrices(5);
      backend.write(a, new Float32Array(10).fill(content), 2);
      backend.write(v, new Float32Array(10).fill(1), 2);
      backend.project(unit, norm, a);
      backend.sphereGradient(out, unit, norm, v, 'relu');
      expect([...backend.read(unit)]).toEqual(new Array(10).fill(0));
      expect([...backend.read(out)].map(Math.abs)).toEqual(new Array(10).fill(0));
      backend.dispose(a, unit, norm, v, out);
    }
  });

  it('keeps the direction of very long and rather short rows', () => {
    for (const length of [1e-4, 1, 1e15]) {
      const [a, unit, norm] = matrices(3);
      backend.write(a, Float32Array.of(3 * length, 4 * length), 1);
      backend.project(unit, norm, a);
      expect(relativeError(backend.read(unit), [0.6, 0.8])).toBeLessThan(tolerance);
      expect(relativeError(backend.read(norm), [1 / (5 * length)], 0)).toBeLessThan(tolerance);
      backend.dispose(a, unit, norm);
    }
  });

  it('makes rows that are too long for float32 NaN rather than zero', () => {
    const [a, unit, norm] = matrices(3);
    backend.write(a, Float32Array.of(3e25, 4e25, 0, 3, 4, 0), 2);
    backend.project(unit, norm, a);
    expect(Array.from(backend.read(norm), Number.isNaN)).toEqual([true, false]);
    expect(Array.from(backend.read(unit), Number.isNaN)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    backend.dispose(a, unit, norm);
  });

  it('normalises and projects subnormal prototypes to zero rather than NaN', () => {
    agree(
      backend,
      [[3, 19], any, any],
      (e, a, unit, norm) => {
        e.project(unit, norm, a);
        e.normaliseRows(a);
      },
      scaled(1e-41),
    );
  });

  function matrices(count: number): [Matrix, Matrix, Matrix, Matrix, Matrix] {
    return Array.from({ length: count }, () => backend.matrix(2, 5)) as [
      Matrix,
      Matrix,
      Matrix,
      Matrix,
      Matrix,
    ];
  }
});
