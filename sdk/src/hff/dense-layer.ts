/**
 * A dense layer: affine → ReLU → unit sphere → cosines to class prototypes.
 *
 *   a = ReLU(x W + b); the rest: `prototype-layer.ts`
 *
 * Legend: N samples, D_in inputs, D units.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { LayerKind, LayerWeights } from './layer-kind.ts';
import type { DenseSpec } from './layer-spec.ts';
import { loadParameters } from './load-parameters.ts';
import type { Parameter } from './parameter.ts';
import { PrototypeLayer } from './prototype-layer.ts';
import { prototypeCount } from './prototypes.ts';

export const denseKind: LayerKind<DenseSpec> = {
  inputSize: ({ inputs }) => inputs,
  outputSize: ({ units }) => units,
  unitSize: ({ units }) => units,
  quantised: ['weight'],
  shapes: ({ inputs, units, prototypes }) =>
    new Map([
      ['weight', [inputs, units]],
      ['bias', [units]],
      ['prototypes', [prototypeCount(prototypes), units]],
    ]),
  create: (...parts) => new DenseLayer(...parts),
};

/** @typeParam Engine what its backend can do, for what is built on it */
export class DenseLayer<Engine extends Backend = Backend> extends PrototypeLayer<
  DenseSpec,
  Engine
> {
  protected readonly weight: Parameter;
  protected readonly bias: Parameter;
  readonly #activation: Matrix;

  /** @param keep how the engine keeps the weight: frozen, unless it is to be trained */
  constructor(
    backend: Engine,
    name: string,
    spec: DenseSpec,
    weights: LayerWeights,
    sharpness: number,
    keep: 'freeze' | 'load' = 'freeze',
  ) {
    const parameters = loadParameters(backend, name, weights, denseKind.shapes(spec), keep);
    super(backend, spec, parameters, sharpness);
    this.weight = parameters.get('weight') as Parameter;
    this.bias = parameters.get('bias') as Parameter;
    this.#activation = backend.matrix(1, spec.units);
  }

  forward(x: Matrix): void {
    const { backend } = this;
    backend.affineRelu(this.#activation, x, this.weight.value, this.bias.value);
    backend.project(this.unit, this.inverseNorm, this.#activation);
    backend.scale(this.output, this.unit, Math.sqrt(this.spec.units));
  }

  /** The output is made of the unit features, so they are there. */
  project(): void {}

  override dispose(): void {
    super.dispose();
    this.backend.dispose(this.#activation);
  }
}
