/** Our own engine, in float32 and in int8. */
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { kindOf } from '../../sdk/src/hff/layer-kinds.ts';
import { Network, type NetworkWeights } from '../../sdk/src/hff/network.ts';
import { type Engine, float32Tolerance, ours } from './engine.ts';
import type { SampleNetwork } from './sample-network.ts';

/** Tolerance of votes from weights rounded to int8. */
const int8Tolerance = 5e-3;

/**
 * @param kernels sdk/wasm/kernels.wasm, compiled
 * @param relaxedKernels the same for relaxed SIMD, which Node and Chromium take
 */
export function simdEngines(
  network: SampleNetwork,
  kernels: WebAssembly.Module,
  relaxedKernels: WebAssembly.Module,
): Engine[] {
  const int8 = toInt8(network);
  return [
    engine(ours, network, network.weights, relaxedKernels, float32Tolerance),
    engine('hff-edge int8', network, int8, relaxedKernels, int8Tolerance),
    engine(`${ours}, not relaxed`, network, network.weights, kernels, float32Tolerance),
    engine('hff-edge int8, not relaxed', network, int8, kernels, int8Tolerance),
  ];
}

function engine(
  name: string,
  { spec }: SampleNetwork,
  weights: NetworkWeights,
  kernels: WebAssembly.Module,
  tolerance: number,
): Engine {
  const network = new Network(new SimdBackend(kernels), spec.network, weights);
  return { name, tolerance, classify: (x) => network.votes(x, 1) };
}

function toInt8({ spec, weights }: SampleNetwork): NetworkWeights {
  const quantised = new Map(weights) as Map<string, ReturnType<typeof quantiseRows> | Float32Array>;
  spec.network.layers.forEach((layer, index) => {
    const name = `layers.${index}.weight`;
    quantised.set(
      name,
      quantiseRows(weights.get(name) as Float32Array, kindOf(layer).inputSize(layer)),
    );
  });
  return quantised;
}
