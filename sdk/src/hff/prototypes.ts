/**
 * A class is a set of prototypes: unit vectors on the sphere of a layer. The prototypes of all
 * classes are the rows of one matrix, class after class; classes may have different numbers of them.
 */
import type { Random } from './random.ts';

/** Where each class's prototypes begin: class c owns rows offsets[c] … offsets[c + 1] − 1. */
export type PrototypeOffsets = Uint32Array;

/** @param counts number of prototypes per class, each ≥ 1 */
export function prototypeOffsets(counts: readonly number[]): PrototypeOffsets {
  const offsets = new Uint32Array(counts.length + 1);
  counts.forEach((count, c) => {
    offsets[c + 1] = (offsets[c] as number) + count;
  });
  return offsets;
}

/** `count` directions spread evenly over the sphere by chance: normalised Gaussians, [count, width]. */
export function randomPrototypes(count: number, width: number, random: Random): Float32Array {
  const prototypes = random.normals(count * width, 1);
  for (let row = 0; row < count; row++) {
    const prototype = prototypes.subarray(row * width, (row + 1) * width);
    let squares = 0;
    for (const value of prototype) squares += value * value;
    const norm = Math.sqrt(squares);
    for (let i = 0; i < width; i++) prototype[i] = (prototype[i] as number) / norm;
  }
  return prototypes;
}
