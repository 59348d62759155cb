/** What must hold for every input: the identities of docs/method.md as properties. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropoutMask } from '../../sdk/src/hff/dropout.ts';
import { marginLoss } from '../../sdk/src/hff/margin-loss.ts';
import { Adam, cosineSchedule } from '../../sdk/src/hff/optimiser.ts';
import { prototypeOffsets } from '../../sdk/src/hff/prototypes.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { randomPrototypes } from '../../sdk/src/hff/random-prototypes.ts';
import { PlainBackend } from '../support/plain-backend.ts';

const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 8 });
const seed = fc.integer({ min: 0, max: 1e6 });
const scale = fc.double({ min: 1, max: 100, noNaN: true });
const margin = fc.double({ min: 0, max: 0.9, noNaN: true });

function cosines(samples: number, prototypes: number, from: number): Float32Array {
  const random = new Random(from);
  return Float32Array.from({ length: samples * prototypes }, () => 2 * random.uniform() - 1);
}

describe('margin loss', () => {
  it('has a gradient that sums to zero over the classes and pulls the true class up', () => {
    fc.assert(
      fc.property(counts, seed, scale, margin, (k, from, gamma, m) => {
        const classes = k.length;
        const labels = [0, classes - 1, from % classes];
        const { gradient } = marginLoss(cosines(3, classes, from), labels, {
          scale: gamma,
          margin: m,
        });
        labels.forEach((truth, n) => {
          const row = gradient.subarray(n * classes, (n + 1) * classes);
          expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 4);
          row.forEach((g, c) => {
            expect(c === truth ? g <= 0 : g >= 0).toBe(true);
          });
        });
      }),
    );
  });

  it('is the smooth margin: softplus(γ (m + (1/γ) log Σ_{j≠y} exp(γ s_j) − s_y))', () => {
    fc.assert(
      fc.property(seed, scale, margin, (from, gamma, m) => {
        const scores = cosines(1, 6, from);
        const truth = from % 6;
        const others = [...scores].filter((_, c) => c !== truth);
        const soft = Math.log(others.reduce((sum, s) => sum + Math.exp(gamma * s), 0)) / gamma;
        const smooth = Math.log1p(Math.exp(gamma * (m + soft - (scores[truth] as number))));
        const { loss } = marginLoss(scores, [truth], { scale: gamma, margin: m });
        expect(Math.abs(loss - smooth)).toBeLessThan(1e-5 * Math.max(1, smooth));
      }),
    );
  });

  it('with γ = β and m = 0 is one softmax over all prototypes', () => {
    const offsets = prototypeOffsets([2, 2, 2]);
    const backend = new PlainBackend();
    const t = backend.load(cosines(1, 6, 4), 1, 6);
    const [scores, joint] = [backend.matrix(1, 3), backend.matrix(1, 6)];
    backend.classScores(scores, t, offsets, 20);
    const { gradient } = marginLoss(backend.read(scores), [1], { scale: 20, margin: 0 });
    backend.classScoresGradient(joint, backend.load(gradient, 1, 3), scores, t, offsets, 20);
    const weights = backend.read(t).map((value) => Math.exp(20 * value));
    const total = weights.reduce((a, b) => a + b);
    const truth = (weights[2] as number) + (weights[3] as number);
    weights.forEach((weight, p) => {
      const pulled = p === 2 || p === 3 ? weight / truth : 0;
      expect(backend.read(joint)[p]).toBeCloseTo(20 * (weight / total - pulled), 4);
    });
  });

  it('survives scores and scales at their extremes', () => {
    const { loss, gradient } = marginLoss(Float32Array.of(1, -1), [1], { scale: 1e6, margin: 0 });
    expect(loss).toBeCloseTo(2e6, -1);
    expect([...gradient]).toEqual([1e6, -1e6]);
  });
});

describe('prototypes', () => {
  it('start as unit vectors and stay so; steps are tangent', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 2, max: 40 }), (from, width) => {
        const backend = new PlainBackend();
        const random = new Random(from);
        const value = backend.matrix(4, width);
        const gradient = backend.matrix(4, width);
        backend.write(value, randomPrototypes(4, width, random), 4);
        const adam = new Adam(backend, { learningRate: 0.1 });
        for (let step = 1; step <= 5; step++) {
          const before = backend.read(value);
          backend.write(gradient, random.normals(4 * width, 1), 4);
          adam.begin(step, 1);
          adam.descend({ name: 'p', value, geometry: 'sphere' }, gradient);
          const direction = backend.read(gradient);
          const after = backend.read(value);
          for (let row = 0; row < 4; row++) {
            const dot = (a: Float32Array, b: Float32Array) =>
              a
                .subarray(row * width, (row + 1) * width)
                .reduce((sum, x, i) => sum + x * (b[row * width + i] as number), 0);
            expect(dot(direction, before)).toBeCloseTo(0, 4);
            expect(dot(after, after)).toBeCloseTo(1, 5);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('Adam', () => {
  it('steps as its paper says, bias corrected', () => {
    const backend = new PlainBackend();
    const value = backend.matrix(1, 2);
    const gradient = backend.matrix(1, 2);
    backend.write(value, Float32Array.of(1, -1), 1);
    const adam = new Adam(backend, { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-3 });
    const expected = [1, -1];
    const m = [0, 0];
    const v = [0, 0];
    for (let step = 1; step <= 4; step++) {
      const g = [0.3 * step, -0.02];
      backend.write(gradient, Float32Array.from(g), 1);
      adam.begin(step, 0.5);
      adam.descend({ name: 'w', value, geometry: 'flat' }, gradient);
      for (const i of [0, 1] as const) {
        m[i] = 0.8 * (m[i] as number) + 0.2 * (g[i] as number);
        v[i] = 0.9 * (v[i] as number) + 0.1 * (g[i] as number) ** 2;
        const mHat = (m[i] as number) / (1 - 0.8 ** step);
        const vHat = (v[i] as number) / (1 - 0.9 ** step);
        expected[i] = (expected[i] as number) - (0.1 * 0.5 * mHat) / (Math.sqrt(vHat) + 1e-3);
      }
    }
    backend.read(value).forEach((w, i) => {
      expect(w).toBeCloseTo(expected[i] as number, 5);
    });
  });
});

describe('training noise', () => {
  it('drops the share asked for and keeps the mean', () => {
    for (const share of [0, 0.2, 0.5]) {
      const mask = dropoutMask(100_003, share, new Random(1));
      const dropped = mask.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) / mask.length;
      expect(Math.abs(dropped - share)).toBeLessThan(0.01);
      expect(mask.reduce((a, b) => a + b) / mask.length).toBeCloseTo(1, 1);
    }
    expect(dropoutMask(10_000, 0.999, new Random(1)).some((value) => value > 0)).toBe(true);
    expect(dropoutMask(10_000, 0.001, new Random(1)).some((value) => value === 0)).toBe(true);
  });

  it('is the same for the same seed and another for another', () => {
    expect(dropoutMask(50, 0.5, new Random(3, 1))).toEqual(dropoutMask(50, 0.5, new Random(3, 1)));
    expect(dropoutMask(50, 0.5, new Random(3, 1))).not.toEqual(
      dropoutMask(50, 0.5, new Random(3, 2)),
    );
  });

  it('draws normal numbers with the right moments and permutations that hold everything', () => {
    const values = new Random(9).normals(50_000, 2);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
    expect([...new Random(2).permutation(100)].sort((a, b) => a - b)).toEqual([
      ...Array(100).keys(),
    ]);
  });

  it('the schedule falls from 1 to its end', () => {
    expect(cosineSchedule(0, 100)).toBe(1);
    expect(cosineSchedule(99, 100)).toBeCloseTo(0, 10);
    expect(cosineSchedule(99, 100, 0.1)).toBeCloseTo(0.1, 10);
    expect(cosineSchedule(0, 1)).toBe(1);
  });
});
