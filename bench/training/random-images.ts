/** Noise in the shape of a data set: what training costs does not depend on what it learns. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { SampleShape } from '../../sdk/src/data/sample-shape.ts';
import { Random } from '../../sdk/src/hff/random.ts';

export const classCount = 10;

const digits = { width: 28, height: 28, channels: 1 };

/** @param shape that of MNIST unless given */
export function randomImages(samples: number, shape: SampleShape = digits): Dataset {
  const random = new Random(1);
  return {
    inputs: Uint8Array.from({ length: samples * shape.width * shape.height * shape.channels }, () =>
      random.integer(256),
    ),
    labels: Uint16Array.from({ length: samples }, () => random.integer(classCount)),
    classes: Array.from({ length: classCount }, (_, c) => String(c)),
    ...shape,
  };
}
