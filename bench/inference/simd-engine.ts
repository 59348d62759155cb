/** Our own engine, in float32 and in int8. */
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { kindOf, prepareLayers } from '../../sdk/src/hff/layer-kinds.ts';
import { Network, type NetworkWeights } from '../../sdk/src/hff/network.ts';
import { type Engine, float32Tolerance, ours } from './engine.ts';
import type { SampleNetwork } from './sample-network.ts';

/** Tolerance of votes from weights rounded to int8. */
const int8Tolerance = 5e-3;

/** What is in sdk/wasm, compiled. */
export interface KernelModules {
  readonly kernels: WebAssembly.Module;
  /** The same for relaxed SIMD, which Node and Chromium take. */
  readonly relaxedKernels: WebAssembly.Module;
  readonly extraKernels: WebAssembly.Module;
}

/** @param rows samples of a batch */
export function simdEngines(
  network: SampleNetwork,
  { kernels, relaxedKernels, extraKernels }: KernelModules,
  rows: number,
): Promise<Engine[]> {
  const int8 = toInt8(network);
  const engine = async (
    name: string,
    weights: NetworkWeights,
    module: WebAssembly.Module,
    tolerance: number,
  ): Promise<Engine> => {
    const backend = new SimdBackend(module, async () => extraKernels);
    await prepareLayers(backend, network.spec.network);
    const made = new Network(backend, network.spec.network, weights);
    return { name, tolerance, classify: (x) => made.votes(x, rows) };
  };
  return Promise.all([
    engine(ours, network.weights, relaxedKernels, float32Tolerance),
    engine('hff-edge int8', int8, relaxedKernels, int8Tolerance),
    engine(`${ours}, not relaxed`, network.weights, kernels, float32Tolerance),
    engine('hff-edge int8, not relaxed', int8, kernels, int8Tolerance),
  ]);
}

function toInt8({ spec, weights }: SampleNetwork): NetworkWeights {
  const quantised = new Map(weights) as Map<string, ReturnType<typeof quantiseRows> | Float32Array>;
  spec.network.layers.forEach((layer, index) => {
    const kind = kindOf(layer);
    for (const key of kind.quantised) {
      const name = `layers.${index}.${key}`;
      const [rows = 0] = kind.shapes(layer).get(key) ?? [];
      quantised.set(name, quantiseRows(weights.get(name) as Float32Array, rows));
    }
  });
  return quantised;
}
