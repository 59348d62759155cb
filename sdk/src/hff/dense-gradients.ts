/** Room for the gradients of a dense layer, made when it first learns. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { KeptZeros } from './kept-zeros.ts';

export class DenseGradients {
  /** ∂L/∂s, [N, C]. */
  readonly score: Matrix;
  /** G = ∂L/∂t, [N, P]. */
  readonly cosine: Matrix;
  /** V, [N, D]. */
  readonly unit: Matrix;
  /** Δ, [N, D]. */
  readonly affine: Matrix;
  /** ∂W, [D_in, D]. */
  readonly weight: Matrix;
  /** Null where no weight is 0. */
  readonly zeros: KeptZeros | null;
  readonly bias: Matrix;
  readonly prototypes: Matrix;
  readonly #backend: TrainingBackend;

  /**
   * @param weight W as it is when the layer begins to learn
   * @param prototypes P
   */
  constructor(backend: TrainingBackend, weight: Matrix, prototypes: number) {
    const { rows: inputs, columns: units } = weight;
    this.#backend = backend;
    this.score = backend.matrix(1, 1);
    this.cosine = backend.matrix(1, prototypes);
    this.unit = backend.matrix(1, units);
    this.affine = backend.matrix(1, units);
    this.weight = backend.matrix(inputs, units);
    this.zeros = KeptZeros.of(backend, weight);
    this.bias = backend.matrix(1, units);
    this.prototypes = backend.matrix(prototypes, units);
  }

  dispose(): void {
    const { score, cosine, unit, affine, weight, bias, prototypes } = this;
    this.zeros?.dispose();
    this.#backend.dispose(score, cosine, unit, affine, weight, bias, prototypes);
  }
}
