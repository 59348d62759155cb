/** Logits = y V + c, with as many features as y has columns. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import { loadParameters } from '../../sdk/src/hff/load-parameters.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Head } from './head.ts';

export class LinearHead implements Head {
  readonly parameters: readonly Parameter[];
  readonly scores: Matrix;
  readonly #backend: TrainingBackend;
  readonly #classifier: Parameter;
  readonly #intercept: Parameter;
  /** [N, 1], to repeat the intercept row by row. */
  readonly #ones: Matrix;
  readonly #repeated: Matrix;
  readonly #classifierGradient: Matrix;
  readonly #interceptGradient: Matrix;

  constructor(
    backend: TrainingBackend,
    name: string,
    weights: LayerWeights,
    features: number,
    classes: number,
  ) {
    const shapes = new Map([
      ['classifier', [features, classes]],
      ['intercept', [classes]],
    ]);
    const parameters = loadParameters(backend, name, weights, shapes, 'load');
    this.#backend = backend;
    this.parameters = [...parameters.values()];
    this.#classifier = parameters.get('classifier') as Parameter;
    this.#intercept = parameters.get('intercept') as Parameter;
    this.scores = backend.matrix(1, 1);
    this.#ones = backend.matrix(1, 1);
    this.#repeated = backend.matrix(1, 1);
    this.#classifierGradient = backend.matrix(1, 1);
    this.#interceptGradient = backend.matrix(1, 1);
  }

  forward(y: Matrix): void {
    const backend = this.#backend;
    backend.write(this.#ones, new Float32Array(y.rows).fill(1), y.rows);
    backend.multiply(this.#repeated, this.#ones, this.#intercept.value);
    backend.multiply(this.scores, y, this.#classifier.value);
    backend.descend(this.scores, this.#repeated, -1);
  }

  backward(y: Matrix, scoreGradient: Matrix, optimiser: Optimiser, below: Matrix): void {
    const backend = this.#backend;
    backend.multiply(below, scoreGradient, this.#classifier.value, 'right');
    backend.multiply(this.#classifierGradient, y, scoreGradient, 'left');
    backend.columnSums(this.#interceptGradient, scoreGradient);
    optimiser.descend(this.#classifier, this.#classifierGradient);
    optimiser.descend(this.#intercept, this.#interceptGradient);
  }

  dispose(): void {
    this.#backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.scores,
      this.#ones,
      this.#repeated,
      this.#classifierGradient,
      this.#interceptGradient,
    );
  }
}
