/** A classification in words, as sure as the model is. */
import type { Classification } from '@hff-edge/sdk';

export function describeAnswer({ scores: [best, second] }: Classification): string {
  if (!best) return '';
  if (best.score >= 0.9) return `That is a ${best.label}.`;
  if (best.score >= 0.6 || !second) return `Probably a ${best.label}.`;
  return `A ${best.label}, or a ${second.label}?`;
}
