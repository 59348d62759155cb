/** Corrections of a head, from random numbers: `correct-head.ts`. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import type { BaseStatistics } from '../../sdk/src/learn/base-statistics.ts';
import { correctHead, correctionsOf } from '../../sdk/src/learn/correct-head.ts';
import type { Head } from '../../sdk/src/readout.ts';
import { relativeError } from '../support/close.ts';
import { dot } from './plain-head.ts';

const [dimension, directions] = [6, 3];
const random = new Random(4);
const base: BaseStatistics = {
  counts: [10, 10, 10],
  means: random.normals(3 * dimension, 1),
  directions: random.normals(directions * dimension, 1),
  variances: random.normals(dimension, 1).map(Math.abs),
  corrections: random.normals(3 * (dimension + 1), 1),
};
const labels = ['a', 'b', 'c', 'new'];
const head: Head = {
  labels,
  weights: random.normals(4 * dimension, 1),
  offsets: random.normals(4, 1),
  expected: random.normals(4, 1).map(Math.abs),
  deviations: random.normals(4, 1).map(Math.abs),
  means: random.normals(4 * dimension, 1),
  reaches: random.normals(4, 1),
};
const classes = [[0], [1], [2], []].map((baseIndices) => ({ baseIndices }));

function rowOf(numbers: unknown, c: number, width: number): Float32Array {
  return (numbers as Float32Array).subarray(c * width, (c + 1) * width);
}

function scoreOf({ weights, offsets }: Head, c: number, features: Float32Array): number {
  return dot(rowOf(weights, c, dimension), features) + (offsets[c] as number);
}

describe('a corrected head', () => {
  const corrected = correctHead(head, classes, base);

  it('scores more by Δ · f + δ', () => {
    const features = random.normals(dimension, 1);
    for (const c of [0, 1, 2]) {
      const [delta, shift] = [rowOf(base.corrections, c, dimension + 1), dimension];
      const more = dot(delta.subarray(0, dimension), features) + (delta[shift] as number);
      const expected = scoreOf(head, c, features) + more;
      expect(scoreOf(corrected, c, features)).toBeCloseTo(expected, 4);
    }
  });

  it('expects of own samples what their mean scores', () => {
    for (const c of [0, 1, 2]) {
      const mean = rowOf(head.means, c, dimension);
      const grown = scoreOf(corrected, c, mean) - scoreOf(head, c, mean);
      const expected = (head.expected[c] as number) + grown;
      expect(corrected.expected[c]).toBeCloseTo(expected, 4);
    }
  });

  it('has the deviations of its scores over samples of the base', () => {
    const { variances } = base;
    for (const c of [0, 1, 2]) {
      const samples = Array.from({ length: 4000 }, () => {
        const drawn = random.normals(directions, 1);
        const rest = random.normals(dimension, 1);
        return Float32Array.from({ length: dimension }, (_, i) =>
          drawn.reduce(
            (sum, value, k) => sum + value * (rowOf(base.directions, k, dimension)[i] as number),
            (rest[i] as number) * Math.sqrt(variances[i] as number),
          ),
        );
      });
      const scores = samples.map((sample) => dot(rowOf(corrected.weights, c, dimension), sample));
      const deviation = Math.sqrt(scores.reduce((sum, s) => sum + s * s, 0) / scores.length);
      expect(Math.abs((corrected.deviations[c] as number) / deviation - 1)).toBeLessThan(0.06);
    }
  });

  it('leaves classes that the base does not know, and the head that it is made of', () => {
    expect(rowOf(corrected.weights, 3, dimension)).toEqual(rowOf(head.weights, 3, dimension));
    for (const key of ['offsets', 'expected', 'deviations', 'reaches'] as const) {
      expect(corrected[key][3]).toBe(head[key][3]);
    }
    expect(corrected.weights).not.toBe(head.weights);
    expect(corrected.means).toBe(head.means);
  });

  it('is the same one where there are no corrections', () => {
    const { corrections: _, ...without } = base;
    expect(correctHead(head, classes, without)).toBe(head);
    expect(correctionsOf(classes, without)).toBeUndefined();
  });
});

it('refuses corrections that leave float32', () => {
  const corrections = (base.corrections as Float32Array).slice().fill(3e38, 0, dimension);
  expect(() => correctHead(head, classes, { ...base, corrections })).toThrow(
    expect.objectContaining({ code: 'snapshot/not-finite' }),
  );
});

describe('corrections', () => {
  it('go with their class, whatever its place', () => {
    const own = correctionsOf([{ baseIndices: [2] }, { baseIndices: [] }], base);
    expect(rowOf(own, 0, dimension + 1)).toEqual(rowOf(base.corrections, 2, dimension + 1));
    expect(rowOf(own, 1, dimension + 1)).toEqual(new Float32Array(dimension + 1));
  });

  it('of classes that became one are their mean', () => {
    const own = correctionsOf([{ baseIndices: [0, 2] }], base);
    const mean = rowOf(base.corrections, 0, dimension + 1).map(
      (value, i) => (value + (rowOf(base.corrections, 2, dimension + 1)[i] as number)) / 2,
    );
    expect(relativeError(own as Float32Array, mean)).toBeLessThan(1e-6);
  });
});
