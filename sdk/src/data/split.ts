/** The parts of a data set: one to learn from, one to be tested with. */
import type { Dataset } from './dataset.ts';

export type Split = 'train' | 'test';

export interface LoadedDataset extends Dataset {
  /** The part that this is, or null where the source has no parts and all of it is here. */
  readonly split: Split | null;
}
