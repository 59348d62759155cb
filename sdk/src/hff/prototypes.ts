/**
 * A class is a set of prototypes: unit vectors on the sphere of a layer. The prototypes of all
 * classes are the rows of one matrix, class after class; classes may have different numbers of them.
 */

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

/** P, the prototypes of all classes. */
export function prototypeCount(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
