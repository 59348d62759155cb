/** Frozen weights: the same affine map as with plain loops, from float32, float16 and int8. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { type Numbers, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { toFloat16 } from '../../sdk/src/backend/to-float16.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { engines, tolerance, widths } from './engines.ts';

const forms: [string, (values: Float32Array, rows: number) => Numbers][] = [
  ['float32', (values) => values],
  ['float16', (values) => Uint16Array.from(values, toFloat16)],
  ['int8', (values, rows) => quantiseRows(values, rows)],
];

/** A single sample's inputs are rounded to 16 bits where the weight is int8. */
const int8Tolerance = 3e-4;

/** Samples as layers meet them. */
const samples: [string, (index: number, random: Random) => number][] = [
  ['dense', (_, random) => random.normal()],
  ['half of zeros', (_, random) => Math.max(0, random.normal())],
  ['mostly zeros', (i, random) => (i % 5 === 1 ? random.normal() : 0)],
  ['mostly paper', (i, random) => (i % 5 === 1 ? random.normal() : -0.42)],
  ['all paper', () => -0.42],
  ['zeros', () => 0],
  ['subnormal numbers', (_, random) => 1e-41 * random.normal()],
  ['very small numbers among others', (i, random) => (i % 3 ? 1e-12 : 1) * random.normal()],
];

describe.each(engines)('%s', (_, start) => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await start();
  });

  describe.each(forms)('%s', (form, store) => {
    describe.each(samples)('on samples: %s', (_kind, value) => {
      /** Few samples go one by one, many as a product. */
      it.each([1, 3, 9])('%i at a time', (n) => {
        const allowed = form === 'int8' && n <= 4 ? int8Tolerance : tolerance;
        for (const width of widths) {
          compare(n, width, 37, allowed);
          compare(n, 23, width, allowed);
        }
        compare(n, 1100, 70, allowed);
      });

      function compare(n: number, inputs: number, units: number, allowed: number): void {
        const random = new Random(n, inputs, units);
        const weight = store(random.normals(inputs * units, 1), inputs);
        const bias = random.normals(units, 1);
        const x = Float32Array.from({ length: n * inputs }, (_, i) => value(i % inputs, random));
        const [actual, expected] = [backend, new PlainBackend()].map((engine) => {
          const w = engine.freeze(weight, inputs, units);
          const [out, input, b] = [
            engine.matrix(1, 1),
            engine.load(x, n, inputs),
            engine.load(bias, 1, units),
          ];
          engine.affineRelu(out, input, w, b);
          const values = engine.read(out);
          engine.dispose(w, out, input, b);
          return values;
        }) as [Float32Array, Float32Array];
        const where = `${n} × ${inputs} · ${inputs} × ${units}`;
        expect(relativeError(actual, expected, 1), where).toBeLessThan(allowed);
      }
    });

    it('tells whether all numbers are finite', () => {
      const values = new Random(1).normals(6 * 37, 1);
      const sound = backend.freeze(store(values, 6), 6, 37);
      expect(backend.allFinite(sound)).toBe(true);
      backend.dispose(sound);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        for (const at of [0, 100, 221]) {
          const broken = backend.freeze(store(values.with(at, bad), 6), 6, 37);
          expect(backend.allFinite(broken)).toBe(false);
          backend.dispose(broken);
        }
      }
    });
  });

  it('loads all forms as float32', () => {
    for (const width of widths) {
      for (const [, store] of forms) {
        const numbers = store(new Random(width).normals(3 * width, 1), 3);
        const matrix = backend.load(numbers, 3, width);
        expect(backend.read(matrix)).toEqual(toFloat32(numbers));
        backend.dispose(matrix);
      }
    }
  });

  it('decodes every float16 number exactly', () => {
    const halves = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const matrix = backend.load(halves, 256, 256);
    expect(backend.read(matrix)).toEqual(toFloat32(halves));
    expect(backend.allFinite(matrix)).toBe(false);
    backend.dispose(matrix);
  });
});
