/** Parts of a data set: some of its classes. */
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/subset.ts';

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
