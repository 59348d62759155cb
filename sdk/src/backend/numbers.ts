/**
 * Numbers as a file holds them, row by row: float32, the bits of float16, or int8 with a scale for
 * each row. An engine decodes them when it takes them in.
 */
import { fromFloat16 } from './float16.ts';

/** Entry (i, j) is scales_i · values_ij. */
export interface Int8Rows {
  /** −127 to 127. */
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
  return Float32Array.from(
    values,
    (value, i) => value * (scales[Math.floor(i / columns)] as number),
  );
}

/** The nearest int8 numbers: each row's largest entry becomes ±127. */
export function quantiseRows(values: Float32Array, rows: number): Int8Rows {
  const columns = values.length / rows;
  const scales = new Float32Array(rows);
  const rounded = new Int8Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const numbers = values.subarray(start, start + columns);
    const scale = numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    scales[row] = scale;
    if (scale > 0) numbers.forEach((value, j) => (rounded[start + j] = Math.round(value / scale)));
  }
  return { values: rounded, scales };
}
