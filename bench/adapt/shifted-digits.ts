/** MNIST's test digits as the model knows them and as it does not: turned, or dark on light. */
import { asItIs, augmentImage } from '../../sdk/src/data/augment-image.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { Random } from '../../sdk/src/hff/random.ts';

/** Raw grey values of one digit, to those of the same digit in a domain. */
export type Domain = (image: Uint8Array) => Float32Array;

const shape = { width: 28, height: 28, channels: 1 };

export const upright: Domain = (image) => Float32Array.from(image);

export const shifted: Readonly<Record<string, Domain>> = {
  'turned by 45°': (image) => {
    const turned = new Float32Array(image.length);
    augmentImage(turned, image, shape, { ...asItIs, degrees: 45 });
    return turned;
  },
  inverted: (image) => Float32Array.from(image, (value) => 255 - value),
};

export interface Digits {
  readonly samples: readonly Float32Array[];
  readonly labels: readonly string[];
}

/**
 * Random digits of a part of the set, the same number of each class.
 * @param part first sample, and the one after the last
 */
export function drawDigits(
  { inputs, labels }: Dataset,
  [first, end]: readonly [number, number],
  perClass: number,
  domain: Domain,
  seed: number,
): Digits {
  const counts = new Map<number, number>();
  const drawn = { samples: [] as Float32Array[], labels: [] as string[] };
  for (const place of new Random(seed).permutation(end - first)) {
    const index = first + place;
    const label = labels[index] as number;
    const count = counts.get(label) ?? 0;
    if (count === perClass) continue;
    counts.set(label, count + 1);
    drawn.samples.push(domain(inputs.slice(index * 784, (index + 1) * 784) as Uint8Array));
    drawn.labels.push(`${label}`);
  }
  return drawn;
}
