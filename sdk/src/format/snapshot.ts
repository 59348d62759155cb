/**
 * A model from bytes: one safetensors file with weights and prototypes as tensors and the model's
 * spec as JSON in the metadata. `docs/format.md` describes it for other readers and writers.
 */
import { HffError } from '../error.ts';
import type { NetworkWeights } from '../hff/network.ts';
import { checkSpec } from './check-spec.ts';
import type { ModelSpec } from './model-spec.ts';
import { readSafetensors } from './read-safetensors.ts';
import { statisticsTensors } from './statistics-tensors.ts';
import { type ExpectedTensor, expectedTensors } from './stored-weights.ts';
import { takeWeights } from './take-weights.ts';

/** Raised when a reader of the version before would misread the file. */
export const formatVersion: number = 1;

export interface Snapshot {
  readonly spec: ModelSpec;
  /** By tensor name: those of the layers and, where the spec has them, of head and statistics. */
  readonly weights: NetworkWeights;
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
  checkVersion(metadata);
  const spec = checkSpec(parseModel(metadata.get('model')));
  return { spec, weights: takeWeights(tensorsOf(spec), tensors) };
}

/** All tensors that a model has, in the order of storage. */
export function tensorsOf(spec: ModelSpec): Map<string, ExpectedTensor> {
  return new Map([...expectedTensors(spec.network.layers), ...statisticsTensors(spec)]);
}

function checkVersion(metadata: ReadonlyMap<string, string>): void {
  if (metadata.get('format') !== 'hff-edge') {
    throw new HffError(
      'snapshot/malformed',
      `metadata.format: expected hff-edge, got ${metadata.get('format')?.slice(0, 40)}. This safetensors file is not a model of hff-edge.`,
    );
  }
  const version = metadata.get('format_version') ?? '';
  if (!/^[1-9][0-9]{0,8}$/.test(version)) {
    throw new HffError(
      'snapshot/malformed',
      `metadata.format_version: expected a whole number from 1, got ${version.slice(0, 40)}.`,
    );
  }
  if (Number(version) > formatVersion) {
    throw new HffError(
      'snapshot/version',
      `metadata.format_version: this reader knows up to ${formatVersion}, the file has ${version}. Update @hff-edge/sdk.`,
    );
  }
}

function parseModel(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch (cause) {
    throw new HffError('snapshot/malformed', `metadata.model: expected JSON, got ${cause}.`, {
      cause,
    });
  }
}
