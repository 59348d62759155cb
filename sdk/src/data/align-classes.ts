/** Brings a data set's classes into another order, for instance that of a trained model. */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';

/**
 * The same samples, labelled by index into `classes`. Classes without samples are fine.
 * @param name says in errors which data set it is
 * @throws HffError `data/labels` if the set has a class that is not among `classes`
 */
export function alignClasses<D extends Dataset>(
  dataset: D,
  classes: readonly string[],
  name: string,
): D {
  const index = new Map(classes.map((label, i) => [label, i]));
  const unknown = dataset.classes.filter((label) => !index.has(label));
  if (unknown.length > 0) {
    throw new HffError(
      'data/labels',
      `${name}: expected the classes ${list(classes)}, got also ${list(unknown)}`,
    );
  }
  const moved = dataset.classes.map((label) => index.get(label) as number);
  const labels = dataset.labels.map((label) => moved[label] as number);
  return { ...dataset, labels, classes };
}

function list(names: readonly string[]): string {
  const more = names.length > 20 ? `, … (${names.length})` : '';
  return names.slice(0, 20).join(', ') + more;
}
