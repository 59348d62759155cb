/** Whether a data set's parts fit each other: loaders see to it, users' own code may not. */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';

/** @throws HffError `data/empty`, `data/labels`, `input/shape` */
export function checkDataset({ inputs, labels, classes, width, height, channels }: Dataset): void {
  if (labels.length === 0) {
    throw new HffError('data/empty', 'data set: expected at least one sample, got none.');
  }
  const size = width * height * channels;
  if (inputs.length !== labels.length * size) {
    throw new HffError(
      'input/shape',
      `data set: expected ${labels.length} samples of ${width}×${height}×${channels}, ${labels.length * size} values, got ${inputs.length}.`,
    );
  }
  const unknown = labels.findIndex((label) => label >= classes.length);
  if (unknown >= 0) {
    throw new HffError(
      'data/labels',
      `data set: expected labels below ${classes.length}, the number of classes, got ${labels[unknown]} for sample ${unknown}.`,
    );
  }
}
