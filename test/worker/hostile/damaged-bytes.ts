/** Files with something wrong somewhere. */
import type { Random } from '../../../sdk/src/hff/random.ts';
import { oneOf } from './attack.ts';

export function damaged(given: Uint8Array, random: Random): Uint8Array {
  // A copy, since parts of a Buffer share its memory.
  const file = new Uint8Array(given);
  const at = random.integer(file.length);
  const run = random.integer(64);
  const noise = () => Uint8Array.from({ length: run }, () => random.integer(256));
  const edits = [
    () => changed((copy) => copy.set([(copy[at] as number) ^ (1 << random.integer(8))], at)),
    () => changed((copy) => copy.fill(oneOf(random, [0, 255]), at, at + run)),
    () => changed((copy) => copy.set(noise().subarray(0, file.length - at), at)),
    () => file.slice(0, at),
    () => file.slice(at),
    () => Buffer.concat([file.subarray(0, at), noise(), file.subarray(at)]),
    () => Buffer.concat([file.subarray(0, at), file.subarray(at + run)]),
    () => Buffer.concat([file, file]),
    () => Buffer.concat([file, noise()]),
    // Near the beginning, where headers are.
    () =>
      changed((copy) => copy.set([random.integer(256)], random.integer(Math.min(64, copy.length)))),
    () => new Uint8Array(),
  ];
  return oneOf(random, edits)();

  function changed(edit: (copy: Uint8Array) => void): Uint8Array {
    const copy = file.slice();
    edit(copy);
    return copy;
  }
}
