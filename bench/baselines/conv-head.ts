/** Means over a grid → auxiliary convolution of 1 × 1 → linear classifier. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { ImageShape } from '../../sdk/src/backend/image-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { pooledOf, unitSize } from '../../sdk/src/hff/conv-shape.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import { loadParameters } from '../../sdk/src/hff/load-parameters.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Head } from './head.ts';
import { LinearHead } from './linear-head.ts';

export class ConvHead implements Head {
  readonly parameters: readonly Parameter[];
  readonly #backend: TrainingBackend;
  readonly #grid: number;
  readonly #pooled: ImageShape;
  readonly #aux: Parameter;
  readonly #linear: LinearHead;
  /** Means over the grid, [N · grid², D]. */
  readonly #cells: Matrix;
  /** [N, grid² · A]. */
  readonly #auxiliary: Matrix;
  readonly #auxiliaryGradient: Matrix;
  readonly #auxGradient: Matrix;
  readonly #cellsGradient: Matrix;

  constructor(backend: TrainingBackend, name: string, spec: ConvSpec, weights: LayerWeights) {
    const shapes = new Map([['aux', [spec.channels, spec.aux]]]);
    this.#backend = backend;
    this.#grid = spec.grid;
    this.#pooled = pooledOf(spec);
    this.#aux = loadParameters(backend, name, weights, shapes, 'load').get('aux') as Parameter;
    const classes = spec.prototypes.length;
    this.#linear = new LinearHead(backend, name, weights, unitSize(spec), classes);
    this.parameters = [this.#aux, ...this.#linear.parameters];
    this.#cells = backend.matrix(1, 1);
    this.#auxiliary = backend.matrix(1, 1);
    this.#auxiliaryGradient = backend.matrix(1, 1);
    this.#auxGradient = backend.matrix(1, 1);
    this.#cellsGradient = backend.matrix(1, 1);
  }

  get scores(): Matrix {
    return this.#linear.scores;
  }

  forward(y: Matrix): void {
    const { images } = this.#backend;
    images.averagePool(this.#cells, y, this.#pooled, this.#grid);
    this.#backend.multiply(this.#auxiliary, this.#cells, this.#aux.value);
    images.reshape(this.#auxiliary, this.#cells.rows / this.#grid ** 2);
    this.#linear.forward(this.#auxiliary);
  }

  backward(_y: Matrix, scoreGradient: Matrix, optimiser: Optimiser, below: Matrix): void {
    const backend = this.#backend;
    const gradient = this.#auxiliaryGradient;
    this.#linear.backward(this.#auxiliary, scoreGradient, optimiser, gradient);
    backend.images.reshape(gradient, this.#cells.rows);
    backend.multiply(this.#cellsGradient, gradient, this.#aux.value, 'right');
    backend.multiply(this.#auxGradient, this.#cells, gradient, 'left');
    backend.images.averagePoolGradient(below, this.#cellsGradient, this.#pooled, this.#grid);
    optimiser.descend(this.#aux, this.#auxGradient);
  }

  dispose(): void {
    this.#linear.dispose();
    this.#backend.dispose(
      this.#aux.value,
      this.#cells,
      this.#auxiliary,
      this.#auxiliaryGradient,
      this.#auxGradient,
      this.#cellsGradient,
    );
  }
}
