/** Some samples of each class: as many as asked for, drawn from all of them, the same again. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { limitPerClass } from '../../sdk/src/data/limit-per-class.ts';

const counts = [40, 5, 60];

/** Sorted by class, as some archives are; each sample's only value is its place. */
const sorted: Dataset = {
  inputs: Float32Array.from({ length: 105 }, (_, i) => i),
  labels: Uint16Array.from(counts.flatMap((count, c) => new Array<number>(count).fill(c))),
  classes: ['a', 'b', 'c'],
  width: 1,
  height: 1,
  channels: 1,
};

const countsOf = ({ labels }: Dataset) =>
  counts.map((_, c) => labels.filter((label) => label === c).length);

describe('limitPerClass', () => {
  it('takes up to so many of each class, with their labels, in order', () => {
    const limited = limitPerClass(sorted, 10, 1);
    expect(countsOf(limited)).toEqual([10, 5, 10]);
    expect(limited.inputs).toEqual(limited.inputs.toSorted());
    limited.labels.forEach((label, i) => {
      expect(label).toBe(sorted.labels[limited.inputs[i] as number]);
    });
  });

  it('draws from all of a class, by the seed', () => {
    const places = (seed: number) => [...limitPerClass(sorted, 10, seed).inputs];
    expect(places(1)).toEqual(places(1));
    expect(places(2)).not.toEqual(places(1));
    const firstOnes = places(1).filter((place) => place < 10);
    expect(firstOnes.length).toBeLessThan(10);
  });

  it('leaves what it took as it is when asked again', () => {
    const once = limitPerClass(sorted, 10, 1);
    expect(limitPerClass(once, 10, 1)).toEqual(once);
  });
});
