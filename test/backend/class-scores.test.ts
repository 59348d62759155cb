/** Class scores and their gradient, against plain loops and for what must hold of them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { prototypeOffsets } from '../../sdk/src/hff/prototypes.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { engines, tolerance } from './engines.ts';

const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 30 });
const seed = fc.integer({ min: 0, max: 1e6 });
const sharpness = fc.double({ min: 0.5, max: 500, noNaN: true });
const samples = fc.constantFrom(1, 3, 64);

function randomCosines(count: number, from: number): Float32Array {
  const random = new Random(from);
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
}

/** Scores of `cosines` and the gradient of their sum weighted by `weights`. */
function scoresOf(
  engine: TrainingBackend,
  cosines: Float32Array,
  offsets: Uint32Array,
  beta: number,
  rows: number,
  weights: Float32Array,
): { scores: Float32Array; gradient: Float32Array } {
  const classes = offsets.length - 1;
  const [t, g] = [
    engine.load(cosines, rows, offsets[classes] as number),
    engine.load(weights, rows, classes),
  ];
  const [s, out] = [engine.matrix(1, 1), engine.matrix(1, 1)];
  engine.classScores(s, t, offsets, beta);
  engine.classScoresGradient(out, g, s, t, offsets, beta);
  const result = { scores: engine.read(s), gradient: engine.read(out) };
  engine.dispose(t, g, s, out);
  return result;
}

describe.each(engines)('%s', (_, start) => {
  let backend: TrainingBackend;

  beforeAll(async () => {
    backend = await start();
  });

  it('agrees with plain loops', () => {
    fc.assert(
      fc.property(counts, seed, sharpness, samples, (k, from, beta, rows) => {
        const offsets = prototypeOffsets(k);
        const t = randomCosines(rows * (offsets.at(-1) as number), from);
        const weights = randomCosines(rows * k.length, from + 1);
        const actual = scoresOf(backend, t, offsets, beta, rows, weights);
        const expected = scoresOf(new PlainBackend(), t, offsets, beta, rows, weights);
        expect(relativeError(actual.scores, expected.scores, 1)).toBeLessThan(tolerance);
        // exp(β (t − s)) carries the rounding of t − s times β.
        const allowed = tolerance * Math.max(1, beta / 20);
        expect(relativeError(actual.gradient, expected.gradient, 1)).toBeLessThan(allowed);
      }),
    );
  });

  it('scores lie between the mean and the maximum, responsibilities sum to 1', () => {
    fc.assert(
      fc.property(counts, seed, sharpness, (k, from, beta) => {
        const offsets = prototypeOffsets(k);
        const t = randomCosines(3 * (offsets.at(-1) as number), from);
        const ones = new Float32Array(3 * k.length).fill(1);
        const { scores, gradient } = scoresOf(backend, t, offsets, beta, 3, ones);
        for (let n = 0; n < 3; n++) {
          k.forEach((count, c) => {
            const at = n * (offsets.at(-1) as number) + (offsets[c] as number);
            const own = [...t.subarray(at, at + count)];
            const score = scores[n * k.length + c] as number;
            expect(score).toBeLessThanOrEqual(Math.max(...own) + 1e-6);
            expect(score).toBeGreaterThanOrEqual(own.reduce((a, b) => a + b) / count - 1e-6);
            const sum = gradient.subarray(at, at + count).reduce((a, b) => a + b);
            expect(sum).toBeCloseTo(1, 3);
          });
        }
      }),
    );
  });

  it('scores do not change when a class repeats its prototypes', () => {
    const none = new Float32Array(2);
    const once = scoresOf(
      backend,
      Float32Array.of(0.3, -0.2),
      prototypeOffsets([1, 1]),
      30,
      1,
      none,
    );
    const repeated = Float32Array.of(0.3, 0.3, -0.2, -0.2, -0.2);
    const twice = scoresOf(backend, repeated, prototypeOffsets([2, 3]), 30, 1, none);
    expect(relativeError(twice.scores, once.scores)).toBeLessThan(1e-6);
  });

  it('takes the nearest prototype where the sharpness is extreme', () => {
    const none = new Float32Array(1).fill(1);
    const t = Float32Array.of(-1, 0.25, 1, -0.5);
    for (const beta of [1e4, 1e6]) {
      const { scores, gradient } = scoresOf(backend, t, prototypeOffsets([4]), beta, 1, none);
      expect(scores[0]).toBeCloseTo(1, 3);
      expect([...gradient].map((g) => Math.round(g * 100) / 100)).toEqual([0, 0, 1, 0]);
    }
  });
});
