/** Noise for training: dropout masks and Gaussian input noise. */
import type { Random } from './random.ts';

/**
 * Inverted dropout (Srivastava et al. 2014): 0 with probability `share`, else 1 / (1 − share).
 * The share is rounded to 1/256, so that one draw of 32 bits serves four entries.
 */
export function dropoutMask(length: number, share: number, random: Random): Float32Array {
  const threshold = Math.round(share * 256);
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
