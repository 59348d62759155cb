/**
 * A dense layer in training: its first weights and its local update.
 *
 *   V = G P,  Δ = [a > 0] ⊙ (V − (u·V) u) / n,  ∂W = xᵀ Δ,  ∂b = Σ Δ,  ∂P = Gᵀ u   (G = ∂L/∂t)
 *
 * Legend: see `dense-layer.ts`.
 */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { DenseGradients } from './dense-gradients.ts';
import { DenseLayer } from './dense-layer.ts';
import type { DenseSpec } from './layer-spec.ts';
import type { Optimiser } from './optimiser.ts';
import { prototypeCount } from './prototypes.ts';
import { randomPrototypes } from './random-prototypes.ts';
import type { TrainingLayer, TrainingLayerKind } from './training-layer.ts';

export const trainingDenseKind: TrainingLayerKind<DenseSpec> = {
  /** He initialisation (He et al. 2015) and prototypes spread at random over the sphere. */
  initialWeights: ({ inputs, units, prototypes }, random) =>
    new Map([
      ['weight', random.normals(inputs * units, Math.sqrt(2 / inputs))],
      ['bias', new Float32Array(units)],
      ['prototypes', randomPrototypes(prototypeCount(prototypes), units, random)],
    ]),
  create: (...parts) => new TrainingDenseLayer(...parts, 'load'),
};

class TrainingDenseLayer extends DenseLayer<TrainingBackend> implements TrainingLayer {
  #gradients: DenseGradients | undefined;

  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void {
    const { backend, cosines, offsets, sharpness } = this;
    this.#gradients ??= new DenseGradients(backend, this.weight.value, cosines.columns);
    const { score, cosine, unit, affine, weight, zeros, bias, prototypes } = this.#gradients;
    backend.write(score, scoreGradient, x.rows);
    backend.classScoresGradient(cosine, score, this.scores, cosines, offsets, sharpness);
    backend.multiply(prototypes, cosine, this.unit, 'left');
    backend.multiply(unit, cosine, this.prototypes.value);
    backend.sphereGradient(affine, this.unit, this.inverseNorm, unit);
    backend.multiply(weight, x, affine, 'left');
    backend.columnSums(bias, affine);
    optimiser.descend(this.weight, zeros ? zeros.mask(weight) : weight);
    optimiser.descend(this.bias, bias);
    optimiser.descend(this.prototypes, prototypes);
  }

  override dispose(): void {
    this.#gradients?.dispose();
    super.dispose();
  }
}
