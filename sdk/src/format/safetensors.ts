/**
 * The safetensors container: u64 header length, JSON header, data. What its tensors mean is the
 * snapshot's business. Format: https://github.com/huggingface/safetensors#format
 */

/** float64, float32, the bits of float16, or int8. */
export type StoredValues = Float64Array | Float32Array | Uint16Array | Int8Array;

export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: StoredValues;
}

export interface Container {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export const prefixBytes = 8;

export const bytesPerValue = { F64: 8, F32: 4, F16: 2, I8: 1 } as const;

export type Dtype = keyof typeof bytesPerValue;

export function dtypeOf(values: StoredValues): Dtype {
  if (values instanceof Float64Array) return 'F64';
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Uint16Array ? 'F16' : 'I8';
}
