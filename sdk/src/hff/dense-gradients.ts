/** Room for the gradients of a dense layer, made when it first learns. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { HeadGradients } from './head-gradients.ts';
import { KeptZeros } from './kept-zeros.ts';

export class DenseGradients {
  readonly head: HeadGradients;
  /** Δ, [N, D]. */
  readonly affine: Matrix;
  /** ∂W, [D_in, D]. */
  readonly weight: Matrix;
  /** Null where no weight is 0. */
  readonly zeros: KeptZeros | null;
  readonly bias: Matrix;
  readonly #backend: TrainingBackend;

  /** @param weight W as it is when the layer begins to learn */
  constructor(backend: TrainingBackend, weight: Matrix) {
    const { rows: inputs, columns: units } = weight;
    this.#backend = backend;
    this.head = new HeadGradients(backend);
    this.affine = backend.matrix(1, units);
    this.weight = backend.matrix(inputs, units);
    this.zeros = KeptZeros.of(backend, weight);
    this.bias = backend.matrix(1, units);
  }

  dispose(): void {
    this.head.dispose();
    this.zeros?.dispose();
    this.#backend.dispose(this.affine, this.weight, this.bias);
  }
}
