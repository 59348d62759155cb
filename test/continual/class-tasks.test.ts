/** Which classes come when. */
import { describe, expect, it } from 'vitest';
import { classTasks } from '../../sdk/src/continual/class-tasks.ts';

describe('tasks', () => {
  it('keep the order of the data for seed 0, the last one smaller', () => {
    expect(classTasks(8, { base: 3, increment: 2, seed: 0 })).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
      [7],
    ]);
  });

  it('are the same for the same seed and hold each class once', () => {
    const options = { base: 5, increment: 2, seed: 7 };
    const tasks = classTasks(20, options);
    expect(classTasks(20, options)).toEqual(tasks);
    expect(tasks.map((task) => task.length)).toEqual([5, 2, 2, 2, 2, 2, 2, 2, 1]);
    expect(tasks.flat().toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(classTasks(20, { ...options, seed: 8 })).not.toEqual(tasks);
    expect(tasks.flat()).not.toEqual([...Array(20).keys()]);
  });

  it('leave each class out once where seeds rotate the order', () => {
    const left = [0, 1, 2, 3].map(
      (seed) => classTasks(4, { base: 3, increment: 1, seed, rotate: true })[1],
    );
    expect(left).toEqual([[3], [0], [1], [2]]);
  });

  it('begin with the classes that a model knows, in its order, whatever the seed', () => {
    const first = [6, 1, 4];
    for (const seed of [0, 1, 2]) {
      const tasks = classTasks(8, { base: 3, increment: 5, seed, first });
      expect(tasks[0]).toEqual(first);
      expect(tasks[1]?.toSorted()).toEqual([0, 2, 3, 5, 7]);
    }
  });

  it.each([1, 8, 9])('refuse a base of %i of 8 classes', (base) => {
    expect(() => classTasks(8, { base, increment: 1, seed: 0 })).toThrow(
      /base classes: expected 2 to 7 of the 8 classes/,
    );
  });
});
