/** A layer that learns by its own loss: what training needs beside the forward pass. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { Layer } from './layer.ts';
import type { LayerFactory } from './layer-kind.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Optimiser } from './optimiser.ts';
import type { Random } from './random.ts';

export interface TrainingLayer extends Layer {
  /** `forward` of a batch that is learned from: what a layer knows of its inputs takes it into account. */
  observe(x: Matrix): void;
  /**
   * The local update, in closed form: no gradient leaves the layer.
   * @param x the input of the last `observe`, which `project` and `compare` have followed
   * @param scoreGradient ∂L/∂scores, [N, C]
   */
  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void;
}

/** What only training needs to know of a kind of layer. */
export interface TrainingLayerKind<Spec extends LayerSpec>
  extends LayerFactory<Spec, TrainingLayer, TrainingBackend> {
  /** Numbers to begin with, by parameter name. */
  initialWeights(spec: Spec, random: Random): ReadonlyMap<string, Float32Array>;
  /** From the numbers in training to those that a model has, which decides the same. */
  fold(weights: ReadonlyMap<string, Float32Array>): ReadonlyMap<string, Float32Array>;
}
