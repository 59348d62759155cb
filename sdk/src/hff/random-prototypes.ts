/** Prototypes of classes that nothing is known of yet. */
import type { Random } from './random.ts';

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
