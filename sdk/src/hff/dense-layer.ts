/**
 * A dense layer: affine → ReLU → unit sphere → cosines to class prototypes.
 *
 *   a = ReLU(x W + b),  n = ‖a‖,  u = a / n,  t = u Pᵀ,  s = soft maximum of t by class
 *
 * Legend: N samples, D_in inputs, D units, P prototypes of all classes.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { Layer } from './layer.ts';
import type { LayerKind, LayerWeights } from './layer-kind.ts';
import type { DenseSpec } from './layer-spec.ts';
import type { Parameter } from './parameter.ts';
import { type PrototypeOffsets, prototypeCount, prototypeOffsets } from './prototypes.ts';

export const denseKind: LayerKind<DenseSpec> = {
  inputSize: ({ inputs }) => inputs,
  outputSize: ({ units }) => units,
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
export class DenseLayer<Engine extends Backend = Backend> implements Layer {
  readonly spec: DenseSpec;
  readonly parameters: readonly Parameter[];
  readonly output: Matrix;
  readonly unit: Matrix;
  readonly scores: Matrix;
  protected readonly backend: Engine;
  protected readonly offsets: PrototypeOffsets;
  protected readonly sharpness: number;
  protected readonly weight: Parameter;
  protected readonly bias: Parameter;
  protected readonly prototypes: Parameter;
  /** 1 / n, [N, 1]. */
  protected readonly inverseNorm: Matrix;
  /** t, [N, P]. */
  protected readonly cosines: Matrix;
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
    this.spec = spec;
    this.backend = backend;
    this.offsets = prototypeOffsets(spec.prototypes);
    this.sharpness = sharpness;
    const { inputs, units } = spec;
    const prototypes = prototypeCount(spec.prototypes);
    const parameter = (key: string, rows: number, geometry: Parameter['geometry']): Parameter => {
      const numbers = weights.get(key) as Numbers;
      const value = backend[key === 'weight' ? keep : 'load'](numbers, rows, units);
      return { name: `${name}.${key}`, value, geometry };
    };
    this.weight = parameter('weight', inputs, 'flat');
    this.bias = parameter('bias', 1, 'flat');
    this.prototypes = parameter('prototypes', prototypes, 'sphere');
    this.parameters = [this.weight, this.bias, this.prototypes];
    this.#activation = backend.matrix(1, units);
    this.inverseNorm = backend.matrix(1, 1);
    this.unit = backend.matrix(1, units);
    this.output = backend.matrix(1, units);
    this.scores = backend.matrix(1, spec.prototypes.length);
    this.cosines = backend.matrix(1, prototypes);
  }

  forward(x: Matrix): void {
    const { backend } = this;
    backend.affineRelu(this.#activation, x, this.weight.value, this.bias.value);
    backend.project(this.unit, this.inverseNorm, this.#activation);
    backend.scale(this.output, this.unit, Math.sqrt(this.spec.units));
  }

  compare(): void {
    const { backend, cosines } = this;
    backend.multiply(cosines, this.unit, this.prototypes.value, 'right');
    backend.classScores(this.scores, cosines, this.offsets, this.sharpness);
  }

  dispose(): void {
    this.backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.#activation,
      this.inverseNorm,
      this.unit,
      this.output,
      this.scores,
      this.cosines,
    );
  }
}
