/** A small model as a snapshot, its files, and what their reader says against them. */
import { isInt8, type Numbers } from '../../sdk/src/backend/numbers.ts';
import { HffError } from '../../sdk/src/error.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import type { StoredTensor, StoredValues } from '../../sdk/src/format/safetensors.ts';
import { type Snapshot, writeSnapshot } from '../../sdk/src/format/snapshot.ts';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { initialWeights } from '../../sdk/src/hff/network.ts';

export const spec: ModelSpec = {
  name: 'tiny',
  version: 3,
  labels: ['a', 'b', 'ü'],
  input: {
    width: 4,
    height: 3,
    channels: 1,
    range: [0, 255],
    mean: [33.1],
    deviation: [78.6],
    fit: { mode: 'glyph', box: 3 },
  },
  network: {
    layers: [
      { type: 'dense', inputs: 12, units: 9, prototypes: [1, 2, 1] },
      { type: 'dense', inputs: 9, units: 5, prototypes: [1, 1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [1],
  },
  training: {
    data: 'x',
    samples: 10,
    holdoutShare: 0.1,
    epochs: 2,
    bestEpoch: 1,
    batchSize: 2,
    learningRate: 0.001,
    margin: 0,
    dropout: 0.2,
    noise: 0,
    seed: 1,
    testAccuracy: 0.5,
  },
};
interface FloatSnapshot extends Snapshot {
  readonly weights: ReadonlyMap<string, Float32Array>;
}

export const snapshot: FloatSnapshot = { spec, weights: initialWeights(spec.network, 1) };

export const storages: readonly Storage[] = ['float32', 'float16', 'int8'];

/** The snapshot as a file, in each number format. */
export const files: Readonly<Record<Storage, Uint8Array>> = {
  float32: writeSnapshot(snapshot, 'float32'),
  float16: writeSnapshot(snapshot, 'float16'),
  int8: writeSnapshot(snapshot, 'int8'),
};

/** What a tensor of a file holds its numbers in. */
export function arraysOf(numbers: Numbers): StoredValues[] {
  return isInt8(numbers) ? [numbers.values, numbers.scales] : [numbers];
}

/** The file after an edit of its tensors, lengths and offsets put right. */
export function withTensors(
  storage: Storage,
  edit: (tensors: Map<string, StoredTensor>) => void,
): Uint8Array {
  const { metadata, tensors } = readSafetensors(files[storage].slice());
  const edited = new Map(tensors);
  edit(edited);
  return writeSafetensors({ metadata, tensors: edited });
}

/** The error that `action` ends with. */
export function refusal(action: () => unknown): HffError {
  try {
    action();
  } catch (error) {
    if (error instanceof HffError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
