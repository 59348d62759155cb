/** Parts of a data set: some classes, or some samples of each class. */
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/subset.ts';
import { Random } from '../hff/random.ts';
import { stream } from './streams.ts';

/** Indices of the samples of `classes`, in the set's order. */
export function samplesOf({ labels }: Dataset, classes: readonly number[]): Uint32Array {
  const wanted = new Set(classes);
  return Uint32Array.from(labels.keys()).filter((i) => wanted.has(labels[i] as number));
}

/** The set of these classes alone, in this order. */
export function onlyClasses(dataset: Dataset, classes: readonly number[]): Dataset {
  const { labels, classes: names } = dataset;
  const indices = samplesOf(dataset, classes);
  const place = new Map(classes.map((c, i) => [c, i]));
  return {
    ...subset(dataset, indices),
    labels: Uint16Array.from(indices, (i) => place.get(labels[i] as number) as number),
    classes: classes.map((c) => names[c] as string),
  };
}

/** Up to `limit` samples of each class, drawn the same way for the same seed, in the set's order. */
export function limitPerClass(dataset: Dataset, limit: number, seed: number): Dataset {
  const { labels, classes } = dataset;
  const kept = new Array<number>(classes.length).fill(0);
  const order = new Random(seed, stream.limit).permutation(labels.length);
  const indices = order.filter((index) => {
    const c = labels[index] as number;
    kept[c] = (kept[c] as number) + 1;
    return (kept[c] as number) <= limit;
  });
  indices.sort();
  return subset(dataset, indices);
}
