/**
 * What all methods share of a layer: the part that hands an activation on. It makes no decision and
 * has no loss; whoever knows the gradient by its output can go back through it.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';

export interface Trunk {
  readonly parameters: readonly Parameter[];
  /** What is handed on, [N, D]; overwritten by the next batch. */
  readonly output: Matrix;
  /** @param x input, [N, D_in] */
  forward(x: Matrix): void;
  /** `forward` of a batch that is learned from. */
  observe(x: Matrix): void;
  /**
   * One step of all parameters.
   * @param x the input of the last `observe`
   * @param gradient by the output
   * @param below takes the gradient by the input, where it is wanted
   */
  backward(x: Matrix, gradient: Matrix, optimiser: Optimiser, below?: Matrix): void;
  dispose(): void;
}
