/** The id under which a sample is learned or forgotten. */
import { HffError } from '../error.ts';
import { cellsOf, firstIdOf, hasSamples, learnedOf, liveIdsOf } from './class-ids.ts';
import { limitClasses } from './limit-classes.ts';
import { occurrences } from './moments.ts';
import type { Tables } from './tables.ts';

/** @throws HffError `learn/label`, `learn/too-many` */
export function placeNew(label: string, tables: Tables): string {
  const [live] = liveIdsOf(label, tables);
  if (live) return live;
  const id = firstIdOf(label, tables);
  limitClasses(tables, [id]);
  return id;
}

/**
 * The id that holds this row, else one that holds a triangle, in which the row may be.
 * @throws HffError `learn/label`, `learn/unknown-class`, `learn/not-learned`
 */
export function placeLearned(label: string, row: Float32Array, tables: Tables): string {
  const ids = knownIdsOf(label, tables);
  const mayHold = (id: string): boolean => cellsOf(id, tables).some(({ folded }) => folded);
  const id = learnedOf(ids, tables) > 0 && (holdsRow(ids, row, tables) ?? ids.find(mayHold));
  if (id) return id;
  throw new HffError(
    'learn/not-learned',
    `Class "${label}": expected a sample that it learned, got another. There is nothing to forget.`,
  );
}

/** The first of these ids that holds this row bit for bit. */
export function holdsRow(
  ids: readonly string[],
  row: Float32Array,
  tables: Tables,
): string | undefined {
  return ids.find(
    (id) => cellsOf(id, tables).reduce((sum, cell) => sum + occurrences(cell, row), 0) > 0,
  );
}

/**
 * Live ids of a class that shows.
 * @throws HffError `learn/label`, `learn/unknown-class`
 */
export function knownIdsOf(label: string, tables: Tables): string[] {
  const ids = liveIdsOf(label, tables);
  if (!hasSamples(ids, tables)) unknownClass(label);
  return ids;
}

export function unknownClass(label: string): never {
  throw new HffError('learn/unknown-class', `Class "${label}": there is none of this label.`);
}
