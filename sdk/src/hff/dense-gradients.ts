/** Room for the gradients of a dense layer, made when it first learns. */
import type { Backend, Matrix } from '../backend/backend.ts';
import { KeptZeros } from './kept-zeros.ts';
import type { DenseSpec } from './layer-spec.ts';

export class DenseGradients {
  /** ∂L/∂s, [N, C]. */
  readonly score: Matrix;
  /** G = ∂L/∂t, [N, P]. */
  readonly cosine: Matrix;
  /** V, [N, D]. */
  readonly unit: Matrix;
  /** Δ, [N, D]. */
  readonly affine: Matrix;
  /** ∂W; empty where the layer is frozen. */
  readonly weight: Matrix;
  /** Null where the layer is frozen or none of its weights is 0. */
  readonly zeros: KeptZeros | null;
  readonly bias: Matrix;
  readonly prototypes: Matrix;
  readonly #backend: Backend;

  /** @param learning the layer's weight, or null where it is frozen */
  constructor(
    backend: Backend,
    { inputs, units }: DenseSpec,
    prototypes: number,
    learning: Matrix | null,
  ) {
    this.#backend = backend;
    this.score = backend.matrix(1, 1);
    this.cosine = backend.matrix(1, prototypes);
    this.unit = backend.matrix(1, units);
    this.affine = backend.matrix(1, units);
    this.weight = learning ? backend.matrix(inputs, units) : backend.matrix(0, 0);
    this.zeros = learning && KeptZeros.of(backend, learning);
    this.bias = backend.matrix(1, units);
    this.prototypes = backend.matrix(prototypes, units);
  }

  dispose(): void {
    const { score, cosine, unit, affine, weight, bias, prototypes } = this;
    this.zeros?.dispose();
    this.#backend.dispose(score, cosine, unit, affine, weight, bias, prototypes);
  }
}
