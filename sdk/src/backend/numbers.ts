/**
 * Numbers as a file holds them, row by row: float32, the bits of float16, or int8 with a scale for
 * each row. An engine decodes them when it takes them in.
 */
import { fromFloat16 } from './float16.ts';

/** Entry (i, j) is scales_i · values_ij. */
export interface Int8Rows {
  /** −128 to 127. */
  readonly values: Int8Array;
  /** One per row, ≥ 0. */
  readonly scales: Float32Array;
}

export type Numbers = Float32Array | Uint16Array | Int8Rows;

export function isInt8(numbers: Numbers): numbers is Int8Rows {
  return 'scales' in numbers;
}

/** The numbers in float32: themselves where they are that already. */
export function toFloat32(numbers: Numbers): Float32Array {
  if (numbers instanceof Float32Array) return numbers;
  if (numbers instanceof Uint16Array) return Float32Array.from(numbers, fromFloat16);
  const { values, scales } = numbers;
  const columns = values.length / scales.length;
  const floats = new Float32Array(values.length);
  scales.forEach((scale, row) => {
    const end = (row + 1) * columns;
    for (let i = end - columns; i < end; i++) floats[i] = scale * (values[i] as number);
  });
  return floats;
}

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
