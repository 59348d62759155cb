/** From class scores to a classification: probabilities, best first. */
import type { Classification } from './classification.ts';

export type Ranking = Pick<Classification, 'label' | 'scores' | 'margin'>;

/**
 * @param scores mean class scores of one sample, one per label
 * @param scale γ of the softmax
 */
export function rankClasses(
  scores: Float32Array,
  labels: readonly string[],
  scale: number,
  topK: number,
): Ranking {
  const ranked = largestFirst(scores, Math.max(2, topK));
  const largest = scores[ranked[0] as number] as number;
  let sum = 0;
  for (const score of scores) sum += Math.exp(scale * (score - largest));
  const best = ranked.map((c) => ({
    label: labels[c] as string,
    score: Math.exp(scale * ((scores[c] as number) - largest)) / sum,
  }));
  return {
    label: best[0]?.label as string,
    scores: best.slice(0, topK),
    margin: (best[0]?.score as number) - (best[1]?.score ?? 0),
  };
}

/** Share of the classes asked for above which sorting all of them is faster than picking. */
const mostPicked = 0.1;

/** Indices of the `count` largest scores, equal ones in their order. */
function largestFirst(scores: Float32Array, count: number): number[] {
  if (count > scores.length * mostPicked) {
    const all = Array.from(scores.keys());
    return all.sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, count);
  }
  const picked: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c++) {
    const score = scores[c] as number;
    if (score <= least) continue;
    let place = Math.min(picked.length, count - 1);
    while (place > 0 && score > (scores[picked[place - 1] as number] as number)) {
      picked[place] = picked[place - 1] as number;
      place--;
    }
    picked[place] = c;
    if (picked.length === count) least = scores[picked[count - 1] as number] as number;
  }
  return picked;
}
