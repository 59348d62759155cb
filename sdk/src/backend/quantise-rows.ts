/** Float32 to int8 with a scale for each row. */
import type { Int8Rows } from './numbers.ts';

/** Scales below it have fewer bits than a float should: such rows become zeros. */
const smallestNormal = 2 ** -126;

/**
 * The nearest int8 numbers: each row's largest entry becomes ±127. A row with NaN or an infinity has
 * such a scale.
 */
export function quantiseRows(values: Float32Array, rows: number): Int8Rows {
  const columns = values.length / rows;
  const scales = new Float32Array(rows);
  const rounded = new Int8Array(values.length);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * columns;
    const scale = Math.fround(largestOf(values, end - columns, end) / 127);
    if (scale < smallestNormal) continue;
    scales[row] = scale;
    for (let i = end - columns; i < end; i++)
      rounded[i] = Math.round((values[i] as number) / scale);
  }
  return { values: rounded, scales };
}

/** max |value| in [start, end). */
function largestOf(values: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}
