/** Matrix products of every size and orientation, against plain loops. */
import { beforeAll, describe, it } from 'vitest';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { agree, batches, engines, widths } from './engines.ts';

/** Destination before its shape is known. */
const any = [1, 1] as const;

describe.each(engines)('%s', (_, start) => {
  let backend: TrainingBackend;

  beforeAll(async () => {
    backend = await start();
  });

  describe.each(batches)('batch of %i', (n) => {
    it.each(widths)('width %i', (d) => {
      agree(backend, [any, [n, d], [d, 5], [1, 5]], (e, out, x, w, b) =>
        e.affineRelu(out, x, w, b),
      );
      agree(backend, [any, [n, 7], [7, d], [1, d]], (e, out, x, w, b) =>
        e.affineRelu(out, x, w, b),
      );
      agree(backend, [any, [n, d], [d, 6]], (e, out, a, b) => e.multiply(out, a, b));
      agree(backend, [any, [n, d], [n, 6]], (e, out, a, b) => e.multiply(out, a, b, 'left'));
      agree(backend, [any, [n, 6], [n, d]], (e, out, a, b) => e.multiply(out, a, b, 'left'));
      agree(backend, [any, [n, d], [6, d]], (e, out, a, b) => e.multiply(out, a, b, 'right'));
      agree(backend, [any, [n, 6], [d, 6]], (e, out, a, b) => e.multiply(out, a, b, 'right'));
    });
  });

  it('large ones, of sizes that no block divides', () => {
    agree(backend, [any, [67, 523], [523, 131]], (e, out, a, b) => e.multiply(out, a, b));
    agree(backend, [any, [261, 131], [261, 67]], (e, out, a, b) => e.multiply(out, a, b, 'left'));
    agree(backend, [any, [131, 523], [67, 523]], (e, out, a, b) => e.multiply(out, a, b, 'right'));
  });

  it('a destination serves products of all sizes in turn', () => {
    agree(backend, [any, [5, 9], [9, 40], [2, 9], [40, 3]], (e, out, a, b, c, d) => {
      e.multiply(out, a, b);
      e.multiply(out, c, b);
      e.multiply(out, b, d);
    });
  });
});
