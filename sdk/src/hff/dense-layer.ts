/**
 * A dense layer: affine → ReLU → unit sphere → cosines to class prototypes, and its local update.
 *
 *   a = ReLU(x W + b),  n = ‖a‖,  u = a / n,  t = u Pᵀ,  s = soft maximum of t by class
 *   V = G P,  Δ = [a > 0] ⊙ (V − (u·V) u) / n,  ∂W = xᵀ Δ,  ∂b = Σ Δ,  ∂P = Gᵀ u   (G = ∂L/∂t)
 *
 * Legend: N samples, D_in inputs, D units, P prototypes of all classes.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import { DenseGradients } from './dense-gradients.ts';
import type { Layer } from './layer.ts';
import type { LayerKind, LayerUse, LayerWeights } from './layer-kind.ts';
import type { DenseSpec } from './layer-spec.ts';
import type { Optimiser, Parameter } from './optimiser.ts';
import { type PrototypeOffsets, prototypeOffsets, randomPrototypes } from './prototypes.ts';

export const denseKind: LayerKind<DenseSpec> = {
  inputSize: ({ inputs }) => inputs,
  outputSize: ({ units }) => units,
  quantised: ['weight'],
  shapes: ({ inputs, units, prototypes }) =>
    new Map([
      ['weight', [inputs, units]],
      ['bias', [units]],
      ['prototypes', [total(prototypes), units]],
    ]),
  /** He initialisation (He et al. 2015) and prototypes spread at random over the sphere. */
  initialWeights: ({ inputs, units, prototypes }, random) =>
    new Map([
      ['weight', random.normals(inputs * units, Math.sqrt(2 / inputs))],
      ['bias', new Float32Array(units)],
      ['prototypes', randomPrototypes(total(prototypes), units, random)],
    ]),
  create: (backend, name, spec, weights, use) => new DenseLayer(backend, name, spec, weights, use),
};

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

class DenseLayer implements Layer {
  readonly spec: DenseSpec;
  readonly tensors: ReadonlyMap<string, Matrix>;
  readonly parameters: readonly Parameter[];
  readonly output: Matrix;
  readonly unit: Matrix;
  readonly scores: Matrix;
  readonly #backend: Backend;
  readonly #offsets: PrototypeOffsets;
  readonly #sharpness: number;
  readonly #frozen: boolean;
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #prototypes: Parameter;
  readonly #activation: Matrix;
  readonly #inverseNorm: Matrix;
  readonly #cosines: Matrix;
  #gradients: DenseGradients | undefined;

  constructor(
    backend: Backend,
    name: string,
    spec: DenseSpec,
    weights: LayerWeights,
    { frozen, sharpness }: LayerUse,
  ) {
    this.spec = spec;
    this.#backend = backend;
    this.#offsets = prototypeOffsets(spec.prototypes);
    this.#sharpness = sharpness;
    this.#frozen = frozen;
    const { inputs, units } = spec;
    const prototypes = total(spec.prototypes);
    const parameter = (key: string, rows: number, geometry: Parameter['geometry']): Parameter => {
      const numbers = weights.get(key) as Numbers;
      const value =
        frozen && key === 'weight'
          ? backend.freeze(numbers, rows, units)
          : backend.load(numbers, rows, units);
      return { name: `${name}.${key}`, value, geometry };
    };
    this.#weight = parameter('weight', inputs, 'flat');
    this.#bias = parameter('bias', 1, 'flat');
    this.#prototypes = parameter('prototypes', prototypes, 'sphere');
    const all = [this.#weight, this.#bias, this.#prototypes];
    this.tensors = new Map(all.map(({ name, value }) => [name, value]));
    this.parameters = frozen ? [this.#prototypes] : all;
    this.#activation = backend.matrix(1, units);
    this.#inverseNorm = backend.matrix(1, 1);
    this.unit = backend.matrix(1, units);
    this.output = backend.matrix(1, units);
    this.scores = backend.matrix(1, spec.prototypes.length);
    this.#cosines = backend.matrix(1, prototypes);
  }

  forward(x: Matrix): void {
    const backend = this.#backend;
    backend.affineRelu(this.#activation, x, this.#weight.value, this.#bias.value);
    backend.project(this.unit, this.#inverseNorm, this.#activation);
    backend.scale(this.output, this.unit, Math.sqrt(this.spec.units));
  }

  compare(): void {
    const backend = this.#backend;
    backend.multiply(this.#cosines, this.unit, this.#prototypes.value, 'right');
    backend.classScores(this.scores, this.#cosines, this.#offsets, this.#sharpness);
  }

  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void {
    const backend = this.#backend;
    const learning = this.#frozen ? null : this.#weight.value;
    this.#gradients ??= new DenseGradients(backend, this.spec, this.#cosines.columns, learning);
    const { score, cosine, unit, affine, weight, zeros, bias, prototypes } = this.#gradients;
    backend.write(score, scoreGradient, x.rows);
    backend.classScoresGradient(
      cosine,
      score,
      this.scores,
      this.#cosines,
      this.#offsets,
      this.#sharpness,
    );
    backend.multiply(prototypes, cosine, this.unit, 'left');
    if (!this.#frozen) {
      backend.multiply(unit, cosine, this.#prototypes.value);
      backend.sphereGradient(affine, this.unit, this.#inverseNorm, unit);
      backend.multiply(weight, x, affine, 'left');
      backend.columnSums(bias, affine);
      optimiser.descend(this.#weight, zeros ? zeros.mask(weight) : weight);
      optimiser.descend(this.#bias, bias);
    }
    optimiser.descend(this.#prototypes, prototypes);
  }

  dispose(): void {
    this.#gradients?.dispose();
    this.#backend.dispose(
      ...this.tensors.values(),
      this.#activation,
      this.#inverseNorm,
      this.unit,
      this.output,
      this.scores,
      this.#cosines,
    );
  }
}
