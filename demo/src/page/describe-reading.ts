/** What the model makes of a drawing, in words that are as sure as it is. */
import type { Reading } from '../model-thread/protocol.ts';

export function describeReading({ label, unknown, scores: [best, second] }: Reading): string {
  if (unknown) return `I don’t know this. Nearest is ${label}.`;
  if (!best || !second || best.score >= 0.9) return 'Quite sure.';
  return best.score >= 0.6 ? `Probably. Or ${second.label}?` : `Or is it ${second.label}?`;
}
