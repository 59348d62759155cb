/** A small model with convolutions as a snapshot and as files. */
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { foldedWeights } from '../../sdk/src/hff/folded-weights.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { stack } from '../hff/conv-specs.ts';
import { spec as dense } from './tiny-snapshot.ts';

export const spec: ModelSpec = {
  ...dense,
  input: { ...dense.input, width: 9, height: 8, channels: 3, mean: [1], deviation: [2] },
  network: { ...stack, features: [1] },
};
export const weights: ReadonlyMap<string, Float32Array> = foldedWeights(
  spec.network,
  initialWeights(spec.network, 1),
);

export function convolved(storage: Storage): Uint8Array {
  return writeSnapshot({ spec, weights }, storage);
}
