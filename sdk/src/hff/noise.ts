/** Noise for training: dropout masks and Gaussian input noise, both seeded. */
import type { Random } from './random.ts';

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
