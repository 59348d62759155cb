/** A linear classifier on what a layer hands on, in the place of sphere and prototypes. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';

export interface Head {
  readonly parameters: readonly Parameter[];
  /** Logits, [N, C]; overwritten by the next batch. */
  readonly scores: Matrix;
  /** @param y what the layer hands on */
  forward(y: Matrix): void;
  /**
   * One step of all parameters.
   * @param y that of the last `forward`
   * @param scoreGradient ∂L/∂scores, [N, C]
   * @param below takes the gradient by y
   */
  backward(y: Matrix, scoreGradient: Matrix, optimiser: Optimiser, below: Matrix): void;
  dispose(): void;
}
