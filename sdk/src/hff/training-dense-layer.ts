/**
 * A dense layer in training: its first weights and its local update.
 *
 *   Δ = [a > 0] ⊙ (V − (u·V) u) / n,  ∂W = xᵀ Δ,  ∂b = Σ Δ   (V = ∂L/∂u: `head-gradients.ts`)
 *
 * Legend: see `dense-layer.ts`.
 */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { DenseGradients } from './dense-gradients.ts';
import { DenseLayer, denseKind } from './dense-layer.ts';
import type { DenseSpec } from './layer-spec.ts';
import type { Optimiser } from './optimiser.ts';
import { prototypeCount } from './prototypes.ts';
import { randomPrototypes } from './random-prototypes.ts';
import type { TrainingLayer, TrainingLayerKind } from './training-layer.ts';

export const trainingDenseKind: TrainingLayerKind<DenseSpec> = {
  shapes: denseKind.shapes,
  /** He initialisation (He et al. 2015) and prototypes spread at random over the sphere. */
  initialWeights: ({ inputs, units, prototypes }, random) =>
    new Map([
      ['weight', random.normals(inputs * units, Math.sqrt(2 / inputs))],
      ['bias', new Float32Array(units)],
      ['prototypes', randomPrototypes(prototypeCount(prototypes), units, random)],
    ]),
  fold: (weights) => weights,
  create: (...parts) => new TrainingDenseLayer(...parts, 'load'),
};

class TrainingDenseLayer extends DenseLayer<TrainingBackend> implements TrainingLayer {
  #gradients: DenseGradients | undefined;

  observe(x: Matrix): void {
    this.forward(x);
  }

  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void {
    const { backend, unit, scores, cosines, offsets, sharpness } = this;
    this.#gradients ??= new DenseGradients(backend, this.weight.value);
    const { head, affine, weight, zeros, bias } = this.#gradients;
    const prototypes = this.prototypes.value;
    head.compute(scoreGradient, { unit, scores, cosines, prototypes, offsets, sharpness });
    backend.sphereGradient(affine, unit, this.inverseNorm, head.unit, 'relu');
    backend.multiply(weight, x, affine, 'left');
    backend.columnSums(bias, affine);
    optimiser.descend(this.weight, zeros ? zeros.mask(weight) : weight);
    optimiser.descend(this.bias, bias);
    optimiser.descend(this.prototypes, head.prototypes);
  }

  override dispose(): void {
    this.#gradients?.dispose();
    super.dispose();
  }
}
