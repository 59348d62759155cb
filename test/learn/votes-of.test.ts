/** Which class of a head has which votes: `votes-of.ts`. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import type { BaseStatistics } from '../../sdk/src/learn/base-statistics.ts';
import { votesOf } from '../../sdk/src/learn/votes-of.ts';

const dimension = 6;
const random = new Random(4);
const weights = random.normals(3 * dimension, 1);
const base: BaseStatistics = {
  counts: [10, 20, 30],
  means: random.normals(3 * dimension, 1),
  directions: random.normals(3 * dimension, 1),
  variances: random.normals(dimension, 1).map(Math.abs),
  votes: { share: 0.5, weights },
};

const rowOf = (numbers: unknown, c: number): Float32Array =>
  (numbers as Float32Array).subarray(c * dimension, (c + 1) * dimension);
const classesOf = (...indices: number[][]) =>
  indices.map((baseIndices) => ({ baseIndices, count: 0 }));

describe('votes', () => {
  it('go with their class, whatever its place, and are none of a class that was learned', () => {
    const own = votesOf(classesOf([2], []), base);
    expect(own?.share).toBe(0.5);
    expect(rowOf(own?.weights, 0)).toEqual(rowOf(weights, 2));
    expect(rowOf(own?.weights, 1)).toEqual(new Float32Array(dimension));
  });

  it('of classes that became one are their mean', () => {
    const own = rowOf(votesOf(classesOf([0, 2]), base)?.weights, 0);
    own.forEach((value, i) => {
      const mean = ((rowOf(weights, 0)[i] as number) + (rowOf(weights, 2)[i] as number)) / 2;
      expect(value).toBeCloseTo(mean, 6);
    });
  });

  it('have less of a share, the more of their classes was learned since', () => {
    const learned = (baseIndices: number[], count: number) => ({ baseIndices, count });
    const share = (...classes: Parameters<typeof votesOf>[0]) => votesOf(classes, base)?.share;
    expect(share(learned([0], 0), learned([1], 10), learned([], 99))).toBeCloseTo(0.5 * (30 / 40));
    expect(share(learned([0, 2], 40))).toBeCloseTo(0.5 * (40 / 80));
    expect(share(learned([0], -5), learned([1], 0))).toBe(0.5);
  });

  it('of a frozen copy leave out the classes that were learned before it', () => {
    const frozen = weights.slice().fill(0, dimension, 2 * dimension);
    const copy = { ...base, votes: { share: 0.5, weights: frozen } };
    const own = votesOf([...classesOf([0], [2]), { baseIndices: [1], count: 500 }], copy);
    expect(own?.share).toBe(0.5);
    const joined = votesOf(classesOf([0, 1]), copy);
    expect(rowOf(joined?.weights, 0)).toEqual(rowOf(weights, 0));
    expect(votesOf(classesOf([1]), copy)).toBeUndefined();
  });

  it('are none where the base has none, or no class is of the base', () => {
    const { votes: _, ...without } = base;
    expect(votesOf(classesOf([0], [1]), without)).toBeUndefined();
    expect(votesOf(classesOf([], []), base)).toBeUndefined();
  });
});
