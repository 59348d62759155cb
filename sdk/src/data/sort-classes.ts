/** The class names among the labels of a table, in an order that does not hang on the lines' order. */
import { HffError } from '../error.ts';

/** Labels are stored in 16 bits. */
export const MAX_CLASSES = 65536;

/**
 * Distinct names: by number where all are whole numbers, else by code units.
 * @throws HffError `data/labels` if there are too many, as when the column is no label
 */
export function sortClasses(labels: readonly string[], name: string): string[] {
  const classes = [...new Set(labels)];
  if (classes.length > MAX_CLASSES) {
    throw new HffError(
      'data/labels',
      `${name}: expected at most ${MAX_CLASSES} classes, got ${classes.length}; is the label's column right?`,
    );
  }
  const numbers = classes.every((label) => /^-?\d+$/.test(label));
  return numbers ? classes.sort((a, b) => Number(a) - Number(b)) : classes.sort();
}
