/** Gaussian noise on the inputs of training, seeded. */
import type { Random } from './random.ts';

/** Standard normal numbers drawn once; noise starts at a random place in it, since a draw is dear. */
const tableLength = 1 << 18;

/** Adds Gaussian noise to values in place. */
export class GaussianNoise {
  readonly #table: Float32Array;

  /** @param deviation standard deviation of the noise */
  constructor(deviation: number, random: Random) {
    this.#table = random.normals(tableLength, deviation);
  }

  addTo(values: Float32Array, random: Random): void {
    let at = random.integer(tableLength);
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] as number) + (this.#table[at] as number);
      at = (at + 1) & (tableLength - 1);
    }
  }
}
