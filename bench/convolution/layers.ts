/** Each layer of a network of convolutions against its matrix product alone, in turns. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { inputSize } from '../../sdk/src/data/input-spec.ts';
import { prepareLayers } from '../../sdk/src/hff/layer-kinds.ts';
import { Network } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { ownTime } from '../inference/own-time.ts';
import type { SampleNetwork } from '../inference/sample-network.ts';
import { timeInTurns } from '../inference/time-in-turns.ts';
import { productOf } from './products.ts';

export interface LayerTimes {
  readonly channels: number;
  /** ms, round by round. */
  readonly whole: readonly number[];
  readonly product: readonly number[];
}

/** What a layer hands on, from what the layer before handed on. */
export async function timeLayers({ spec, weights }: SampleNetwork): Promise<LayerTimes[]> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  await prepareLayers(backend, spec.network);
  const network = new Network(backend, spec.network, weights);
  const sample = new Random(1).normals(inputSize(spec.input), 1);
  let x = backend.load(sample, 1, sample.length);
  const layers: LayerTimes[] = [];
  for (const [index, layer] of network.layers.entries()) {
    if (layer.spec.type !== 'conv') continue;
    const input = x;
    const multiply = productOf(
      backend,
      layer.spec,
      weights.get(`layers.${index}.weight`) as Float32Array,
    );
    const rivals = { whole: () => layer.forward(input), product: multiply };
    const times = await timeInTurns(rivals, [sample], ownTime);
    layers.push({
      channels: layer.spec.channels,
      whole: times.whole as number[],
      product: times.product as number[],
    });
    x = layer.output;
  }
  return layers;
}
