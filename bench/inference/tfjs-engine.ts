/** tfjs on WebAssembly: dense layers through the SDK's backend for it. */
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { Network } from '../../sdk/src/hff/network.ts';
import { type Engine, float32Tolerance } from './engine.ts';

/** To be called when tfjs has started. */
export function tfjsEngine({ spec, weights }: Snapshot, rows: number): Engine {
  const network = new Network(new TfjsBackend(), spec.network, weights);
  return {
    name: 'tfjs-wasm',
    tolerance: float32Tolerance,
    classify: (x) => network.votes(x, rows),
  };
}
