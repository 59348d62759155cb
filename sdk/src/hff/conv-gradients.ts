/** Room for the gradients of a convolutional layer, made when it first learns. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { HeadGradients } from './head-gradients.ts';

export class ConvGradients {
  readonly head: HeadGradients;
  /** ∂L/∂a, [N · grid², A]. */
  readonly auxiliary: Matrix;
  /** ∂X, [D, A]. */
  readonly aux: Matrix;
  /** By the means over the grid, [N · grid², D]. */
  readonly cells: Matrix;
  /** By the pooled map. */
  readonly pooled: Matrix;
  readonly bias: Matrix;
  /** ∂W. */
  readonly weight: Matrix;
  readonly #backend: TrainingBackend;

  constructor(backend: TrainingBackend) {
    this.#backend = backend;
    this.head = new HeadGradients(backend);
    this.auxiliary = backend.matrix(1, 1);
    this.aux = backend.matrix(1, 1);
    this.cells = backend.matrix(1, 1);
    this.pooled = backend.matrix(1, 1);
    this.bias = backend.matrix(1, 1);
    this.weight = backend.matrix(1, 1);
  }

  dispose(): void {
    const { auxiliary, aux, cells, pooled, bias, weight } = this;
    this.head.dispose();
    this.#backend.dispose(auxiliary, aux, cells, pooled, bias, weight);
  }
}
