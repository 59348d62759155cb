/** A rival of HFF that the same training loop trains. */
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Random } from '../../sdk/src/hff/random.ts';
import type { LayerReport } from '../../sdk/src/hff/update-layer.ts';
import type { Decider } from '../../sdk/src/train/evaluate.ts';

export interface Baseline extends Decider {
  /** Indices of the layers that it has scores of. */
  readonly layers: readonly number[];
  /** All that decides, running moments included. */
  readonly parameters: readonly Parameter[];
  /** @returns what each of {@link layers} made of the batch */
  update(
    samples: Float32Array,
    labels: ArrayLike<number>,
    options: {
      readonly optimiser: Optimiser;
      /** Of what is drawn for this batch. */
      readonly random: Random;
    },
  ): LayerReport[];
  dispose(): void;
}

/** Softmax cross-entropy of logits as they are. */
export const crossEntropy = { scale: 1, margin: 0 } as const;
