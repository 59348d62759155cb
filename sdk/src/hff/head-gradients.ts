/**
 * From the class scores back to the unit features, the same for all kinds of layer:
 *
 *   G = ∂L/∂t,  V = ∂L/∂u = G P,  ∂P = Gᵀ u
 *
 * Legend: N samples, D features, C classes, P prototypes.
 */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { PrototypeOffsets } from './prototypes.ts';

/** What the last forward pass of a layer left. */
interface Compared {
  readonly unit: Matrix;
  readonly scores: Matrix;
  readonly cosines: Matrix;
  readonly prototypes: Matrix;
  readonly offsets: PrototypeOffsets;
  readonly sharpness: number;
}

export class HeadGradients {
  /** V, [N, D]. */
  readonly unit: Matrix;
  /** ∂P, [P, D]. */
  readonly prototypes: Matrix;
  /** ∂L/∂s, [N, C]. */
  readonly #score: Matrix;
  /** G, [N, P]. */
  readonly #cosine: Matrix;
  readonly #backend: TrainingBackend;

  constructor(backend: TrainingBackend) {
    this.#backend = backend;
    this.unit = backend.matrix(1, 1);
    this.prototypes = backend.matrix(1, 1);
    this.#score = backend.matrix(1, 1);
    this.#cosine = backend.matrix(1, 1);
  }

  /** @param scoreGradient ∂L/∂s, [N, C] */
  compute(scoreGradient: Float32Array, compared: Compared): void {
    const { unit, scores, cosines, prototypes, offsets, sharpness } = compared;
    const backend = this.#backend;
    backend.write(this.#score, scoreGradient, unit.rows);
    backend.classScoresGradient(this.#cosine, this.#score, scores, cosines, offsets, sharpness);
    backend.multiply(this.prototypes, this.#cosine, unit, 'left');
    backend.multiply(this.unit, this.#cosine, prototypes);
  }

  dispose(): void {
    this.#backend.dispose(this.unit, this.prototypes, this.#score, this.#cosine);
  }
}
