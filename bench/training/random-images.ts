/** Noise in the shape of MNIST: what training costs does not depend on what it learns. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { Random } from '../../sdk/src/hff/random.ts';

export const classCount = 10;

export function randomImages(samples: number): Dataset {
  const random = new Random(1);
  return {
    inputs: Uint8Array.from({ length: samples * 784 }, () => random.integer(256)),
    labels: Uint16Array.from({ length: samples }, () => random.integer(classCount)),
    classes: Array.from({ length: classCount }, (_, c) => String(c)),
    width: 28,
    height: 28,
    channels: 1,
  };
}
