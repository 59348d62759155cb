/**
 * Features made elsewhere, by a backbone: they only come to length 1. It has no prototypes, so a head
 * decides.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Layer } from './layer.ts';
import type { LayerKind } from './layer-kind.ts';
import type { GivenSpec } from './layer-spec.ts';

export const givenKind: LayerKind<GivenSpec> = {
  inputSize: ({ inputs }) => inputs,
  outputSize: ({ inputs }) => inputs,
  unitSize: ({ inputs }) => inputs,
  quantised: [],
  shapes: () => new Map(),
  create: (backend, _name, spec) => new GivenLayer(backend, spec),
};

class GivenLayer implements Layer {
  readonly spec: GivenSpec;
  readonly parameters: readonly [] = [];
  readonly output: Matrix;
  readonly unit: Matrix;
  readonly scores: Matrix;
  readonly #backend: Backend;
  readonly #inverseNorm: Matrix;

  constructor(backend: Backend, spec: GivenSpec) {
    this.spec = spec;
    this.#backend = backend;
    this.unit = backend.matrix(1, spec.inputs);
    this.output = this.unit;
    this.#inverseNorm = backend.matrix(1, 1);
    this.scores = this.#inverseNorm;
  }

  forward(x: Matrix): void {
    this.#backend.project(this.unit, this.#inverseNorm, x);
  }

  /** They are the output. */
  project(): void {}

  compare(): void {}

  dispose(): void {
    this.#backend.dispose(this.unit, this.#inverseNorm);
  }
}
