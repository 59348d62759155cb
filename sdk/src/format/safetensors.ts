/**
 * The safetensors container: u64 header length, JSON header, data. What its tensors mean is the
 * snapshot's business. Format: https://github.com/huggingface/safetensors#format
 */

/** How numbers are stored; in memory they are float32 always. */
export type Storage = 'float32' | 'float16';

export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: Float32Array;
}

export interface Container {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export const prefixBytes = 8;

export const bytesPerValue = { F32: 4, F16: 2 } as const;
