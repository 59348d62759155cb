/** The best of a few and of many classes. */
import { expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { rankClasses } from '../../sdk/src/rank-classes.ts';

const labels = Array.from({ length: 1000 }, (_, c) => `c${c}`);

/** Scores of which many are equal. */
function scoresOf(classes: number): Float32Array {
  const random = new Random(classes);
  return Float32Array.from({ length: classes }, () => random.integer(classes) / classes);
}

it.each([1, 2, 3, 10, 99, 1000])('%i classes, whatever is asked for of them', (classes) => {
  const scores = scoresOf(classes);
  const own = labels.slice(0, classes);
  const all = rankClasses(scores, own, 20, classes);
  const sum = scores.reduce((total, score) => total + Math.exp(20 * score), 0);
  const expected = own
    .map((label, c) => ({ label, score: Math.exp(20 * (scores[c] as number)) / sum }))
    .sort((a, b) => b.score - a.score);
  expect(all.scores.map(({ label }) => label)).toEqual(expected.map(({ label }) => label));
  all.scores.forEach(({ score }, i) => {
    expect(score).toBeCloseTo(expected[i]?.score as number, 12);
  });
  expect(all.scores.reduce((total, { score }) => total + score, 0)).toBeCloseTo(1, 9);
  for (const topK of [1, 2, 5, 20, 150].filter((k) => k <= classes)) {
    expect(rankClasses(scores, own, 20, topK)).toEqual({
      ...all,
      scores: all.scores.slice(0, topK),
    });
  }
});
