/** From class scores to a classification: probabilities, best first. */
import type { Classification } from './classification.ts';

/**
 * @param scores mean class scores of one sample, one per label
 * @param scale γ of the softmax
 */
export function rankClasses(
  scores: Float32Array,
  labels: readonly string[],
  scale: number,
  topK: number,
): Classification {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const weights = Float64Array.from(scores, (score) => Math.exp(scale * (score - largest)));
  const sum = weights.reduce((a, b) => a + b);
  const ranked = labels
    .map((label, c) => ({ label, score: (weights[c] as number) / sum }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  return {
    label: best?.label as string,
    scores: ranked.slice(0, topK),
    margin: (best?.score as number) - (second?.score ?? 0),
  };
}
