/**
 * What the network knows of a layer, whatever happens inside: dense or convolutional.
 * A layer hands an activation on, and puts its unit features and their class scores beside
 * it. All three are overwritten by the next batch.
 */
import type { Matrix } from '../backend/backend.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Parameter } from './parameter.ts';

export interface Layer {
  readonly spec: LayerSpec;
  readonly parameters: readonly Parameter[];
  /** Input of the next layer: of a dense layer √D · unit, of a convolutional one its pooled map. */
  readonly output: Matrix;
  /** Features on the unit sphere, [N, D]. */
  readonly unit: Matrix;
  /** Class scores, [N, C], each in [−1, 1]. */
  readonly scores: Matrix;

  /**
   * Output of a batch.
   * @param x input, [N, D_in]
   */
  forward(x: Matrix): void;
  /** Unit features of the last batch. */
  project(): void;
  /** Class scores of the last batch, by its unit features. */
  compare(): void;
  dispose(): void;
}
