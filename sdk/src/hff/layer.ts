/**
 * What the network knows of a layer, whatever happens inside: dense today, convolutional later.
 * A layer hands a normalised activation on, and puts its unit features and their cosines to its
 * class prototypes beside it. All three are overwritten by the next `forward`.
 */
import type { Matrix } from '../backend/backend.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Optimiser, Parameter } from './optimiser.ts';
import type { PrototypeOffsets } from './prototypes.ts';

export interface Layer {
  readonly spec: LayerSpec;
  readonly offsets: PrototypeOffsets;
  /** All that a snapshot stores, by name: `layers.0.weight`. */
  readonly tensors: ReadonlyMap<string, Matrix>;
  /** Those of them that `update` moves. */
  readonly parameters: readonly Parameter[];
  /** Input of the next layer: √D · unit, [N, D]. */
  readonly output: Matrix;
  /** Features on the unit sphere, [N, D]. */
  readonly unit: Matrix;
  /** Cosines to the prototypes of all classes, [N, P]. */
  readonly cosines: Matrix;

  /**
   * Unit features and output of a batch.
   * @param x input, [N, D_in]
   */
  forward(x: Matrix): void;
  /** Cosines of the last batch. */
  compare(): void;
  /**
   * The local update, in closed form: no gradient leaves the layer.
   * @param x the input of the last `forward`
   * @param cosineGradient ∂L/∂cosines, [N, P]
   */
  update(x: Matrix, cosineGradient: Float32Array, optimiser: Optimiser): void;
  dispose(): void;
}
