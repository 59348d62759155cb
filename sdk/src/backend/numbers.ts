/**
 * Numbers as a file holds them, row by row: float32, the bits of float16, or int8 with a scale for
 * each row. An engine decodes them when it takes them in.
 */
import { fromFloat16 } from './from-float16.ts';

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
