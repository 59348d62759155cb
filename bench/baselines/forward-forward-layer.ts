/**
 * A layer of the Forward-Forward algorithm: a = ReLU(x W + b), goodness ‖a‖² / D, and a without its
 * length goes on, as √D a / ‖a‖: the next layer cannot read the goodness of this one off it.
 *
 *   Δ = (2 / D) ∂L/∂g ⊙ a,  ∂W = xᵀ Δ,  ∂b = Σ Δ
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import { loadParameters } from '../../sdk/src/hff/load-parameters.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';

export class ForwardForwardLayer {
  readonly parameters: readonly Parameter[];
  /** √D a / ‖a‖, [N, D]. */
  readonly output: Matrix;
  readonly #backend: TrainingBackend;
  readonly #units: number;
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #activation: Matrix;
  readonly #unit: Matrix;
  readonly #inverseNorm: Matrix;
  /** [1, D], to repeat a number of each sample over its units. */
  readonly #ones: Matrix;
  readonly #factor: Matrix;
  readonly #repeated: Matrix;
  /** Δ. */
  readonly #affine: Matrix;
  readonly #weightGradient: Matrix;
  readonly #biasGradient: Matrix;

  constructor(
    backend: TrainingBackend,
    name: string,
    inputs: number,
    units: number,
    weights: LayerWeights,
  ) {
    const shapes = new Map([
      ['weight', [inputs, units]],
      ['bias', [units]],
    ]);
    const parameters = loadParameters(backend, name, weights, shapes, 'load');
    this.#backend = backend;
    this.#units = units;
    this.parameters = [...parameters.values()];
    this.#weight = parameters.get('weight') as Parameter;
    this.#bias = parameters.get('bias') as Parameter;
    this.output = backend.matrix(1, 1);
    this.#activation = backend.matrix(1, 1);
    this.#unit = backend.matrix(1, 1);
    this.#inverseNorm = backend.matrix(1, 1);
    this.#ones = backend.load(new Float32Array(units).fill(1), 1, units);
    this.#factor = backend.matrix(1, 1);
    this.#repeated = backend.matrix(1, 1);
    this.#affine = backend.matrix(1, 1);
    this.#weightGradient = backend.matrix(1, 1);
    this.#biasGradient = backend.matrix(1, 1);
  }

  /** @param x input, [N, D_in] */
  forward(x: Matrix): void {
    const backend = this.#backend;
    backend.affineRelu(this.#activation, x, this.#weight.value, this.#bias.value);
    backend.project(this.#unit, this.#inverseNorm, this.#activation);
    backend.scale(this.output, this.#unit, Math.sqrt(this.#units));
  }

  /** Of the last batch, [N]. */
  goodness(): Float32Array {
    const inverse = this.#backend.read(this.#inverseNorm);
    return inverse.map((value) => (value > 0 ? 1 / (value * value * this.#units) : 0));
  }

  /**
   * One step of all parameters: nothing goes to the layer below.
   * @param x that of the last `forward`
   * @param gradient ∂L/∂g, [N]
   */
  update(x: Matrix, gradient: Float32Array, optimiser: Optimiser): void {
    const backend = this.#backend;
    const factors = gradient.map((value) => (2 * value) / this.#units);
    backend.write(this.#factor, factors, factors.length);
    backend.multiply(this.#repeated, this.#factor, this.#ones);
    backend.hadamard(this.#affine, this.#activation, this.#repeated);
    backend.multiply(this.#weightGradient, x, this.#affine, 'left');
    backend.columnSums(this.#biasGradient, this.#affine);
    optimiser.descend(this.#weight, this.#weightGradient);
    optimiser.descend(this.#bias, this.#biasGradient);
  }

  dispose(): void {
    this.#backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.output,
      this.#activation,
      this.#unit,
      this.#inverseNorm,
      this.#ones,
      this.#factor,
      this.#repeated,
      this.#affine,
      this.#weightGradient,
      this.#biasGradient,
    );
  }
}
