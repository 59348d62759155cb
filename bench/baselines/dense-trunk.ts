/**
 * A dense layer without its decision: y = ReLU(x W + b).
 *
 *   Δ = [y > 0] ⊙ ∂y,  ∂W = xᵀ Δ,  ∂b = Σ Δ,  ∂x = Δ Wᵀ
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { loadParameters } from '../../sdk/src/hff/load-parameters.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Trunk } from './trunk.ts';

export class DenseTrunk implements Trunk {
  readonly parameters: readonly Parameter[];
  readonly output: Matrix;
  readonly #backend: TrainingBackend;
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  /** Δ. */
  readonly #affine: Matrix;
  readonly #weightGradient: Matrix;
  readonly #biasGradient: Matrix;

  constructor(
    backend: TrainingBackend,
    name: string,
    { inputs, units }: DenseSpec,
    weights: LayerWeights,
  ) {
    const shapes = new Map([
      ['weight', [inputs, units]],
      ['bias', [units]],
    ]);
    const parameters = loadParameters(backend, name, weights, shapes, 'load');
    this.#backend = backend;
    this.parameters = [...parameters.values()];
    this.#weight = parameters.get('weight') as Parameter;
    this.#bias = parameters.get('bias') as Parameter;
    this.output = backend.matrix(1, 1);
    this.#affine = backend.matrix(1, 1);
    this.#weightGradient = backend.matrix(1, 1);
    this.#biasGradient = backend.matrix(1, 1);
  }

  forward(x: Matrix): void {
    this.#backend.affineRelu(this.output, x, this.#weight.value, this.#bias.value);
  }

  observe(x: Matrix): void {
    this.forward(x);
  }

  backward(x: Matrix, gradient: Matrix, optimiser: Optimiser, below?: Matrix): void {
    const backend = this.#backend;
    const [affine, output] = [this.#affine, this.output];
    backend.scale(affine, output, 1);
    // The gradient through a ReLU is that of windows of one value.
    const values = { width: 1, height: 1, channels: output.columns };
    backend.images.maxPoolGradient(affine, output, gradient, values, 1);
    if (below) backend.multiply(below, affine, this.#weight.value, 'right');
    backend.multiply(this.#weightGradient, x, affine, 'left');
    backend.columnSums(this.#biasGradient, affine);
    optimiser.descend(this.#weight, this.#weightGradient);
    optimiser.descend(this.#bias, this.#biasGradient);
  }

  dispose(): void {
    this.#backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.output,
      this.#affine,
      this.#weightGradient,
      this.#biasGradient,
    );
  }
}
