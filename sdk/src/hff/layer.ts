/**
 * What the network knows of a layer, whatever happens inside: dense today, convolutional later.
 * A layer hands a normalised activation on, and puts its unit features and their class scores beside
 * it. All three are overwritten by the next batch.
 */
import type { Matrix } from '../backend/backend.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Optimiser, Parameter } from './optimiser.ts';

export interface Layer {
  readonly spec: LayerSpec;
  /** All that a snapshot stores, by name: `layers.0.weight`. */
  readonly tensors: ReadonlyMap<string, Matrix>;
  /** Those of them that `update` moves. */
  readonly parameters: readonly Parameter[];
  /** Input of the next layer: √D · unit, [N, D]. */
  readonly output: Matrix;
  /** Features on the unit sphere, [N, D]. */
  readonly unit: Matrix;
  /** Class scores, [N, C], each in [−1, 1]. */
  readonly scores: Matrix;

  /**
   * Unit features and output of a batch.
   * @param x input, [N, D_in]
   */
  forward(x: Matrix): void;
  /** Class scores of the last batch. */
  compare(): void;
  /**
   * The local update, in closed form: no gradient leaves the layer.
   * @param x the input of the last `forward`, which `compare` has followed
   * @param scoreGradient ∂L/∂scores, [N, C]
   */
  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void;
  dispose(): void;
}
