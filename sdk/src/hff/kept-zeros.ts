/** Weights that are 0 when a layer begins to learn stay 0: their gradient is masked. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';

export class KeptZeros {
  readonly #backend: TrainingBackend;
  /** 0 where the weight is 0, else 1. */
  readonly #mask: Matrix;
  readonly #masked: Matrix;

  /** @returns null where no weight is 0, which costs nothing then */
  static of(backend: TrainingBackend, weight: Matrix): KeptZeros | null {
    const values = backend.read(weight);
    return values.includes(0) ? new KeptZeros(backend, weight, values) : null;
  }

  private constructor(backend: TrainingBackend, { rows, columns }: Matrix, values: Float32Array) {
    this.#backend = backend;
    const mask = values.map((value) => (value === 0 ? 0 : 1));
    this.#mask = backend.load(mask, rows, columns);
    this.#masked = backend.matrix(rows, columns);
  }

  /** The part of a gradient that moves no zero; overwritten by the next one. */
  mask(gradient: Matrix): Matrix {
    this.#backend.hadamard(this.#masked, gradient, this.#mask);
    return this.#masked;
  }

  dispose(): void {
    this.#backend.dispose(this.#mask, this.#masked);
  }
}
