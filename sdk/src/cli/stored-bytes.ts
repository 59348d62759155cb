/** How large a model file is, and how much of it are numbers of which format: told by its header. */
import type { Storage } from '../node.ts';

export interface StoredBytes {
  /** The most compact format of the file, after which it is called. */
  readonly storage: Storage | undefined;
  readonly sizeBytes: number;
  /** Of the numbers of each format that the file has, the most compact first. */
  readonly numberBytes: Partial<Record<Storage, number>>;
}

interface StoredTensor {
  readonly dtype: string;
  readonly data_offsets: readonly [start: number, end: number];
}

const formats: readonly [storage: Storage, dtype: string][] = [
  ['int8', 'I8'],
  ['float16', 'F16'],
  ['float32', 'F32'],
];

/** @param file a model that could be loaded */
export function storedBytes(file: Uint8Array): StoredBytes {
  const headerBytes = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));
  const { __metadata__, ...named } = header as Record<string, StoredTensor>;
  const tensors = Object.values(named);
  const numberBytes: Partial<Record<Storage, number>> = {};
  for (const [storage, dtype] of formats) {
    const spans = tensors.filter((tensor) => tensor.dtype === dtype);
    const bytes = spans.reduce((sum, { data_offsets: [start, end] }) => sum + end - start, 0);
    if (bytes > 0) numberBytes[storage] = bytes;
  }
  const storage = formats.map(([format]) => format).find((format) => numberBytes[format]);
  return { storage, sizeBytes: file.length, numberBytes };
}
