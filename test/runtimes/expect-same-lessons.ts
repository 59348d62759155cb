/** What two platforms make of the same lessons. */
import { expect } from 'vitest';
import type { Lessons } from './learn-digits.ts';

const tolerance = 1e-3;

export function expectSameLessons(actual: Lessons, expected: Lessons): void {
  const { answers, ...rest } = expected;
  expect(actual).toMatchObject(rest);
  expect(actual.answers.map((part) => part.length)).toEqual([30, 30, 30]);
  actual.answers.flat().forEach(({ label, scores, familiarity, unknown }, i) => {
    const other = answers.flat()[i] as (typeof answers)[number][number];
    expect({ label, unknown }).toEqual({ label: other.label, unknown: other.unknown });
    expect(Math.abs(familiarity - other.familiarity)).toBeLessThan(tolerance);
    const theirs = new Map(other.scores.map((entry) => [entry.label, entry.score]));
    expect(scores).toHaveLength(theirs.size);
    for (const entry of scores) {
      expect(Math.abs(entry.score - (theirs.get(entry.label) as number))).toBeLessThan(tolerance);
    }
  });
}
