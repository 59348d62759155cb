/**
 * A model from bytes: one safetensors file with weights and prototypes as tensors and the model's
 * spec as JSON in the metadata. `docs/format.md` describes it for other readers and writers.
 */
import type { NetworkWeights } from '../hff/network.ts';
import { checkFormat } from './check-format.ts';
import { checkSpec } from './check-spec.ts';
import type { ModelSpec } from './model-spec.ts';
import { readSafetensors } from './read-safetensors.ts';
import { malformed } from './refuse.ts';
import type { StoredTensor } from './safetensors.ts';
import { statisticsTensors } from './statistics-tensors.ts';
import { type ExpectedTensor, expectedTensors } from './stored-weights.ts';
import { takeWeights } from './take-weights.ts';

export const snapshotFormat = { name: 'hff-edge', version: 1 } as const;

export interface Snapshot {
  readonly spec: ModelSpec;
  /** By tensor name: those of the layers and, where the spec has them, of head and statistics. */
  readonly weights: NetworkWeights;
  /** What was learned on top, as a file of changes. */
  readonly learned?: Uint8Array | undefined;
}

/**
 * The parts of a snapshot, with weights that are views of `bytes` as far as these are aligned. Whether
 * the weights are finite and prototypes of unit length shows when an engine has decoded them
 * (`check-numbers.ts`).
 * @throws HffError `snapshot/malformed`, `snapshot/version`, `snapshot/inconsistent`,
 * `snapshot/not-finite` for scales
 */
export function readSnapshot(bytes: Uint8Array): Snapshot {
  const { metadata, tensors } = readSafetensors(bytes);
  checkFormat(metadata, snapshotFormat);
  const spec = checkSpec(parseModel(metadata.get('model')));
  const { learned, weights } = takeLearned(tensors);
  return { spec, weights: takeWeights(tensorsOf(spec), weights), learned };
}

/** All tensors that a model has, in the order of storage. */
export function tensorsOf(spec: ModelSpec): Map<string, ExpectedTensor> {
  return new Map([...expectedTensors(spec.network.layers), ...statisticsTensors(spec)]);
}

/** The tensor of any length that is a file by itself. */
function takeLearned(tensors: ReadonlyMap<string, StoredTensor>): {
  learned: Uint8Array | undefined;
  weights: Map<string, StoredTensor>;
} {
  const weights = new Map(tensors);
  const values = weights.get('learned')?.values;
  if (!(values instanceof Int8Array)) return { learned: undefined, weights };
  weights.delete('learned');
  const { buffer, byteOffset, length } = values;
  return { learned: new Uint8Array(buffer, byteOffset, length), weights };
}

function parseModel(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch (cause) {
    return malformed('metadata.model', 'JSON', String(cause).slice(0, 80));
  }
}
