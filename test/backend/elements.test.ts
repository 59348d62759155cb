/** Operations by row and by element at every size, against plain loops. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { agree, batches, engines, widths } from './engines.ts';

const any = [1, 1] as const;

describe.each(engines)('%s', (_, start) => {
  let backend: TrainingBackend;

  beforeAll(async () => {
    backend = await start();
  });

  describe.each(batches)('batch of %i', (n) => {
    it.each(widths)('width %i', (d) => {
      agree(backend, [any, any, [n, d], any, [n, d]], (e, unit, norm, a, out, v) => {
        e.hadamard(a, a, a);
        e.project(unit, norm, a);
        e.sphereGradient(out, unit, norm, v, 'relu');
      });
      // Of one number the direction does not change: what is left of the gradient is rounding.
      if (d !== 1) {
        agree(backend, [any, any, [n, d], any, [n, d]], (e, unit, norm, a, out, v) => {
          e.project(unit, norm, a);
          e.sphereGradient(out, unit, norm, v, 'linear');
        });
      }
      agree(backend, [[n, d], [n, d], any, any, any], (e, a, p, sums, scaled, product) => {
        e.normaliseRows(p);
        e.tangent(a, p);
        e.columnSums(sums, a);
        e.scale(scaled, a, -2.5);
        e.hadamard(product, a, p);
        e.descend(p, a, 0.3);
        e.descend(p, p, 0.1);
      });
      agree(
        backend,
        [
          [n, d],
          [n, d],
          [n, d],
          [n, d],
        ],
        (e, gradient, first, second, source) => {
          e.scale(first, source, 0);
          e.scale(second, source, 0);
          for (let step = 1; step <= 3; step++) {
            e.scale(gradient, source, step);
            e.adam(gradient, first, second, { beta1: 0.9, beta2: 0.999, epsilon: 1e-6 });
          }
        },
      );
    });
  });

  it('reads a copy, untouched by later writes', () => {
    const matrix = backend.matrix(1, 3);
    backend.write(matrix, Float32Array.of(1, 2, 3), 1);
    const before = backend.read(matrix);
    backend.write(matrix, Float32Array.of(4, 5, 6), 1);
    expect([...before]).toEqual([1, 2, 3]);
    backend.dispose(matrix);
  });

  it('makes matrices of zeros, also where others were', () => {
    const first = backend.load(new Float32Array(40).fill(7), 4, 10);
    backend.dispose(first);
    const second = backend.matrix(4, 10);
    expect(backend.read(second)).toEqual(new Float32Array(40));
    backend.dispose(second);
  });
});
