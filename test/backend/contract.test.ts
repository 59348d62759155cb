/** Every engine must agree with the plain loops, at every size. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend, Matrix } from '../../sdk/src/backend/backend.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { startTfjsInNode } from '../../sdk/src/backend/tfjs/start-tfjs-node.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';

const tolerance = 3e-5;
/** Entries cancel to nothing at width 1: errors count relative to at least this. */
const floor = 1;
const widths = [...Array.from({ length: 67 }, (_, i) => i + 1), 300];
const batches = [1, 3, 9, 64];

const engines: [string, () => Promise<Backend>][] = [
  ['simd', () => startSimd('kernels.wasm')],
  ['relaxed simd', () => startSimd('kernels-relaxed.wasm')],
  ['tfjs', () => startTfjsInNode().then(() => new TfjsBackend())],
];

async function startSimd(file: string): Promise<Backend> {
  const bytes = await readFile(new URL(`../../sdk/wasm/${file}`, import.meta.url));
  return new SimdBackend(await WebAssembly.compile(bytes));
}

describe.each(engines)('%s', (_, start) => {
  let backend: Backend;
  const oracle = new PlainBackend();

  beforeAll(async () => {
    backend = await start();
  });

  /** Runs `operation` on both engines with the same random matrices; compares all of them after. */
  function agree(
    shapes: readonly (readonly [number, number])[],
    operation: (engine: Backend, matrices: Matrix[]) => void,
  ): void {
    const random = new Random(7, ...shapes.flat());
    const contents = shapes.map(([rows, columns]) => random.normals(rows * columns, 1));
    const results = [backend, oracle].map((engine) => {
      const matrices = shapes.map(([rows, columns], i) => {
        const matrix = engine.matrix(rows, columns);
        engine.write(matrix, contents[i] as Float32Array, rows);
        return matrix;
      });
      operation(engine, matrices);
      const read = matrices.map((m) => ({ shape: [m.rows, m.columns], values: engine.read(m) }));
      engine.dispose(...matrices);
      return read;
    });
    results[0]?.forEach(({ shape, values }, i) => {
      const expected = results[1]?.[i];
      expect(shape).toEqual(expected?.shape);
      expect(relativeError(values, expected?.values as Float32Array, floor)).toBeLessThan(
        tolerance,
      );
    });
  }

  describe.each(batches)('batch of %i', (n) => {
    it('affineRelu', () => {
      for (const d of widths) {
        agree(
          [
            [1, 1],
            [n, d],
            [d, 5],
            [1, 5],
          ],
          (e, [out, x, w, b]) => e.affineRelu(out as Matrix, x as Matrix, w as Matrix, b as Matrix),
        );
        agree(
          [
            [1, 1],
            [n, 7],
            [7, d],
            [1, d],
          ],
          (e, [out, x, w, b]) => e.affineRelu(out as Matrix, x as Matrix, w as Matrix, b as Matrix),
        );
      }
    });

    it('multiply, all orientations', () => {
      for (const d of widths) {
        agree(
          [
            [1, 1],
            [n, d],
            [d, 6],
          ],
          (e, [out, a, b]) => e.multiply(out as Matrix, a as Matrix, b as Matrix),
        );
        agree(
          [
            [1, 1],
            [n, d],
            [n, 6],
          ],
          (e, [out, a, b]) => e.multiply(out as Matrix, a as Matrix, b as Matrix, 'left'),
        );
        agree(
          [
            [1, 1],
            [n, 6],
            [n, d],
          ],
          (e, [out, a, b]) => e.multiply(out as Matrix, a as Matrix, b as Matrix, 'left'),
        );
        agree(
          [
            [1, 1],
            [n, d],
            [6, d],
          ],
          (e, [out, a, b]) => e.multiply(out as Matrix, a as Matrix, b as Matrix, 'right'),
        );
      }
    });

    it('project and sphereGradient', () => {
      for (const d of widths) {
        agree(
          [
            [1, 1],
            [1, 1],
            [n, d],
            [1, 1],
            [n, d],
          ],
          (e, [unit, norm, a, out, v]) => {
            e.hadamard(a as Matrix, a as Matrix, a as Matrix);
            e.project(unit as Matrix, norm as Matrix, a as Matrix);
            e.sphereGradient(out as Matrix, unit as Matrix, norm as Matrix, v as Matrix);
          },
        );
      }
    });

    it('row and element operations', () => {
      for (const d of widths) {
        agree(
          [
            [n, d],
            [n, d],
            [1, 1],
            [1, 1],
            [1, 1],
          ],
          (e, [a, p, sums, scaled, product]) => {
            e.normaliseRows(p as Matrix);
            e.tangent(a as Matrix, p as Matrix);
            e.columnSums(sums as Matrix, a as Matrix);
            e.scale(scaled as Matrix, a as Matrix, -2.5);
            e.hadamard(product as Matrix, a as Matrix, p as Matrix);
            e.descend(p as Matrix, a as Matrix, 0.3);
          },
        );
      }
    });

    it('adam over three steps', () => {
      for (const d of widths) {
        agree(
          [
            [n, d],
            [n, d],
            [n, d],
            [n, d],
          ],
          (e, [gradient, first, second, source]) => {
            e.scale(first as Matrix, source as Matrix, 0);
            e.scale(second as Matrix, source as Matrix, 0);
            for (let step = 1; step <= 3; step++) {
              e.scale(gradient as Matrix, source as Matrix, step);
              const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-6 };
              e.adam(gradient as Matrix, first as Matrix, second as Matrix, settings);
            }
          },
        );
      }
    });
  });

  it('gives rows without direction a zero unit and a zero gradient', () => {
    for (const content of [0, 1e-8, 1e-30]) {
      const [a, unit, norm, v, out] = Array.from({ length: 5 }, () => backend.matrix(2, 5)) as [
        Matrix,
        Matrix,
        Matrix,
        Matrix,
        Matrix,
      ];
      backend.write(a, new Float32Array(10).fill(content), 2);
      backend.write(v, new Float32Array(10).fill(1), 2);
      backend.project(unit, norm, a);
      backend.sphereGradient(out, unit, norm, v);
      expect([...backend.read(unit)]).toEqual(new Array(10).fill(0));
      expect([...backend.read(out)].map(Math.abs)).toEqual(new Array(10).fill(0));
      backend.dispose(a, unit, norm, v, out);
    }
  });

  it('keeps the direction of very long and rather short rows', () => {
    for (const length of [1e-4, 1e15]) {
      const [a, unit, norm] = Array.from({ length: 3 }, () => backend.matrix(1, 2)) as [
        Matrix,
        Matrix,
        Matrix,
      ];
      backend.write(a, Float32Array.of(3 * length, 4 * length), 1);
      backend.project(unit, norm, a);
      expect(relativeError(backend.read(unit), [0.6, 0.8])).toBeLessThan(tolerance);
      backend.dispose(a, unit, norm);
    }
  });

  it('reads a copy, untouched by later writes', () => {
    const matrix = backend.matrix(1, 3);
    backend.write(matrix, Float32Array.of(1, 2, 3), 1);
    const before = backend.read(matrix);
    backend.write(matrix, Float32Array.of(4, 5, 6), 1);
    expect([...before]).toEqual([1, 2, 3]);
    backend.dispose(matrix);
  });
});
