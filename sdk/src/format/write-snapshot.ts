/** A model as bytes: what `snapshot.ts` reads. Loaded when a model is first exported. */

import { HffError } from '../error.ts';
import { encodeWeights } from './encode-weights.ts';
import { type Snapshot, snapshotFormat, tensorsOf } from './snapshot.ts';
import type { Storage } from './stored-weights.ts';
import { writeSafetensors } from './write-safetensors.ts';

/**
 * @param storage number format of the weights; each its own by default
 * @throws HffError `snapshot/not-finite` for weights that diverged or are too large for float16,
 *   `learn/foreign` where another storage would make other layers than those that learned
 */
export function writeSnapshot({ spec, weights, learned }: Snapshot, storage?: Storage): Uint8Array {
  if (storage && learned) {
    throw new HffError(
      'learn/foreign',
      `Model ${spec.name}: what it learned goes with its layers as they are stored. Export it without a storage, or convert it before it learns.`,
    );
  }
  const tensors = encodeWeights(tensorsOf(spec), weights, storage);
  if (learned) {
    const { buffer, byteOffset, length } = learned;
    const values = new Int8Array(buffer, byteOffset, length);
    tensors.set('learned', { shape: [length], values });
  }
  const metadata = new Map([
    ['format', snapshotFormat.name],
    ['format_version', String(snapshotFormat.version)],
    ['model', JSON.stringify(spec)],
  ]);
  return writeSafetensors({ metadata, tensors });
}
