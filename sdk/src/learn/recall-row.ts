/**
 * Finds a learned row by the features of the same sample on another device: engines round sums each in
 * their own way, while sums of rows need the very row that went in.
 */
import { cellsOf } from './class-ids.ts';
import { holdsRow } from './place-sample.ts';
import type { Tables } from './tables.ts';

/** Distance in lengths of the row. Engines differ by 1e-5, two photographs by more than 0.01. */
const tolerance = 1e-3;

/** The nearest of the rows that these ids hold, if it is the same but for rounding. */
export function recallRow(
  ids: readonly string[],
  features: Float32Array,
  tables: Tables,
): Float32Array | undefined {
  let least = tolerance ** 2 * squaredDistance(features, new Float32Array(features.length));
  let nearest: Float32Array | undefined;
  for (const { plus } of ids.flatMap((id) => cellsOf(id, tables))) {
    for (const row of plus) {
      const distance = squaredDistance(features, row);
      if (distance > least || !holdsRow(ids, row, tables)) continue;
      least = distance;
      nearest = row;
    }
  }
  return nearest;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
}
