/** A part of a data set with few samples of each class. */
import { Random } from '../hff/random.ts';
import type { Dataset } from './dataset.ts';
import { subset } from './subset.ts';

const limitStream = 3005;

/** Up to `limit` samples of each class, drawn the same way for the same seed, in the set's order. */
export function limitPerClass(dataset: Dataset, limit: number, seed: number): Dataset {
  const { labels, classes } = dataset;
  const kept = new Array<number>(classes.length).fill(0);
  const order = new Random(seed, limitStream).permutation(labels.length);
  const indices = order.filter((index) => {
    const c = labels[index] as number;
    kept[c] = (kept[c] as number) + 1;
    return (kept[c] as number) <= limit;
  });
  indices.sort();
  return subset(dataset, indices);
}
