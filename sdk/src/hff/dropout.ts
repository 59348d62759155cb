/** Dropout: while a network trains, a random share of each handed-on activation is zeroed. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { Random } from './random.ts';

export class Dropout {
  readonly #backend: TrainingBackend;
  readonly #mask: Matrix;
  readonly #masked: Matrix;

  constructor(backend: TrainingBackend) {
    this.#backend = backend;
    this.#mask = backend.matrix(1, 1);
    this.#masked = backend.matrix(1, 1);
  }

  /**
   * @param share in [0, 1)
   * @returns what is left of an activation, [N, D]; overwritten by the next one
   */
  drop(x: Matrix, share: number, random: Random): Matrix {
    this.#backend.write(this.#mask, dropoutMask(x.rows * x.columns, share, random), x.rows);
    this.#backend.hadamard(this.#masked, x, this.#mask);
    return this.#masked;
  }

  dispose(): void {
    this.#backend.dispose(this.#mask, this.#masked);
  }
}

/**
 * Inverted dropout (Srivastava et al. 2014): 0 with probability `share`, else 1 / (1 − share).
 * The share is rounded to 1/256, but neither to none nor to all, so that one draw of 32 bits serves
 * four entries.
 */
export function dropoutMask(length: number, share: number, random: Random): Float32Array {
  const threshold = share === 0 ? 0 : Math.min(255, Math.max(1, Math.round(share * 256)));
  const kept = 256 / (256 - threshold);
  const mask = new Float32Array(length);
  for (let i = 0; i < length; ) {
    let bits = random.bits();
    for (let byte = 0; byte < 4 && i < length; byte++, i++) {
      mask[i] = (bits & 255) < threshold ? 0 : kept;
      bits >>>= 8;
    }
  }
  return mask;
}
