/** Which classes come when: base classes at once, then a few at a time (`B-m Inc-n`). */
import { HffError } from '../error.ts';
import { Random } from '../hff/random.ts';
import { stream } from './streams.ts';

export interface TaskOptions {
  /** m, classes of the base. */
  readonly base: number;
  /** n, classes added at a time; the last time may add fewer. */
  readonly increment: number;
  /** Orders the classes; 0 keeps the data set's order. */
  readonly seed: number;
  /** Whether seed s rotates that order to begin with class s, so that each is the last once. */
  readonly rotate?: boolean;
  /** Classes that come first whatever the seed, in this order. */
  readonly first?: readonly number[];
}

/**
 * @param classes number of classes C
 * @returns class indices of each task, the base first
 * @throws HffError `option/invalid` unless 2 ≤ base < C and 1 ≤ increment
 */
export function classTasks(
  classes: number,
  { base, increment, seed, rotate = false, first = [] }: TaskOptions,
): number[][] {
  if (base < 2 || base >= classes) {
    throw new HffError(
      'option/invalid',
      `base classes: expected 2 to ${classes - 1} of the ${classes} classes of the data set, got ${base}. At least one class must be left to learn.`,
    );
  }
  const order = [...first, ...classOrder(classes, seed, rotate)].filter(isFirst);
  const tasks = [order.slice(0, base)];
  for (let start = base; start < classes; start += increment) {
    tasks.push(order.slice(start, start + increment));
  }
  return tasks;
}

function classOrder(classes: number, seed: number, rotate: boolean): number[] {
  if (rotate) return Array.from({ length: classes }, (_, c) => (c + seed) % classes);
  const permuted = new Random(seed, stream.classes).permutation(classes);
  return Array.from(seed === 0 ? permuted.toSorted() : permuted);
}

function isFirst(entry: number, index: number, all: readonly number[]): boolean {
  return all.indexOf(entry) === index;
}
