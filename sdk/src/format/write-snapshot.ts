/** A model as bytes: what `snapshot.ts` reads. Loaded when a model is first exported. */
import { encodeWeights } from './encode-weights.ts';
import { formatVersion, type Snapshot, tensorsOf } from './snapshot.ts';
import type { Storage } from './stored-weights.ts';
import { writeSafetensors } from './write-safetensors.ts';

/** @throws HffError `snapshot/not-finite` for weights that diverged or are too large for float16 */
export function writeSnapshot({ spec, weights }: Snapshot, storage: Storage): Uint8Array {
  const tensors = encodeWeights(tensorsOf(spec), weights, storage);
  const metadata = new Map([
    ['format', 'hff-edge'],
    ['format_version', String(formatVersion)],
    ['model', JSON.stringify(spec)],
  ]);
  return writeSafetensors({ metadata, tensors });
}
