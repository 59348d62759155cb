/** What the model makes of a drawing, in words that are as sure as it is. */
import type { Reading } from '../model-thread/protocol.ts';

/** Of the drawings of what it knows, one in five is less familiar. */
const unusualBelow = 0.2;

export function describeReading({ label, unknown, familiarity, scores }: Reading): string {
  const [best, second] = scores;
  if (unknown) return `I don’t know this. Nearest is ${label}.`;
  if (!best || !second || best.score >= 0.9) {
    return familiarity < unusualBelow ? 'Looks like it, but unusual.' : 'Quite sure.';
  }
  return best.score >= 0.6 ? `Probably. Or ${second.label}?` : `Or is it ${second.label}?`;
}
