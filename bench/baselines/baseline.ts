/** A rival of HFF that the same training loop trains. */
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Learner } from '../../sdk/src/train/train.ts';

export interface Baseline extends Learner {
  /** Indices of the layers that it has scores of. */
  readonly layers: readonly number[];
  /** All that decides, running moments included. */
  readonly parameters: readonly Parameter[];
  dispose(): void;
}

/** Softmax cross-entropy of logits as they are. */
export const crossEntropy = { scale: 1, margin: 0 } as const;

/** Mean of several layers' scores, [N, C]. */
export function meanScores(scores: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = scores;
  return first.map(
    (_, i) => scores.reduce((sum, one) => sum + (one[i] as number), 0) / scores.length,
  );
}
