/** Random damage to bytes, the same for the same seed. */
import type { Random } from '../../sdk/src/hff/random.ts';

/** Where the header of a safetensors file ends. */
export function headerEndOf(file: Uint8Array): number {
  return 8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true);
}

/**
 * Flips, overwrites, cuts, inserts or repeats bytes of the header or of what follows.
 * @param headerEnd more than half of the mutants are damaged before it
 */
export function mutate(
  original: Uint8Array,
  random: Random,
  headerEnd: number = headerEndOf(original),
): Uint8Array {
  let mutant = original.slice();
  const start = random.uniform() < 0.6 ? 0 : headerEnd;
  const edits = 1 + random.integer(4);
  for (let e = 0; e < edits; e++) {
    const end = Math.min(mutant.length, start === 0 ? headerEnd : mutant.length);
    const at = Math.min(start + random.integer(Math.max(1, end - start)), mutant.length);
    switch (random.integer(6)) {
      case 0:
        mutant[at] = (mutant[at] as number) ^ (1 << random.integer(8));
        break;
      case 1:
        mutant[at] = random.integer(256);
        break;
      case 2:
        mutant[at] = '0123456789[]{}",:-eE'.charCodeAt(random.integer(20));
        break;
      case 3:
        mutant = mutant.slice(0, random.uniform() < 0.1 ? at : mutant.length);
        break;
      case 4: {
        const grown = new Uint8Array(mutant.length + 1);
        grown.set(mutant.subarray(0, at));
        grown[at] = random.integer(256);
        grown.set(mutant.subarray(at), at + 1);
        mutant = grown;
        break;
      }
      default:
        mutant.copyWithin(at, random.integer(mutant.length), random.integer(mutant.length));
    }
  }
  return mutant;
}
