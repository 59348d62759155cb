/** What is timed: networks, with samples and the least that they could cost. */
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { inputSize } from '../../sdk/src/data/input-spec.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { productOf } from '../convolution/products.ts';
import type { Engine } from './engine.ts';
import { readingLimit } from './limit.ts';
import { convolvedNetwork, denseNetwork, type SampleNetwork } from './sample-network.ts';
import { sampleKinds } from './samples.ts';
import type { KernelModules } from './simd-engine.ts';
import { tfjsConvolution } from './tfjs-convolution.ts';
import { tfjsEngine } from './tfjs-engine.ts';

export interface Workload {
  readonly network: SampleNetwork;
  /** Samples of a batch. */
  readonly rows: number;
  /** Standardised samples in batches, by kind. */
  readonly batches: Readonly<Record<string, readonly Float32Array[]>>;
  /** The part of a batch's work that nothing can leave out. */
  readonly limit: () => void;
  readonly tfjs: (network: SampleNetwork, rows: number) => Engine;
}

export interface Modules extends KernelModules {
  /** read-limit.ts, compiled. */
  readonly limitModule: BufferSource;
}

export type WorkloadName = keyof typeof limitNames;

export const limitNames = {
  dense: 'reading the weights',
  image: 'its matrix products',
  images: 'its matrix products',
} as const;

export const workloads: Readonly<Record<WorkloadName, (modules: Modules) => Promise<Workload>>> = {
  /** One sample through dense layers. */
  dense: async ({ limitModule }) => {
    const network = denseNetwork();
    const run = await readingLimit(limitModule, network.weights);
    const kinds = Object.entries(sampleKinds);
    return {
      network,
      rows: 1,
      batches: Object.fromEntries(kinds.map(([kind, of]) => [kind, of(network.spec.input)])),
      limit: run,
      tfjs: tfjsEngine,
    };
  },
  /** One image through convolutions. */
  image: (modules) => images(modules, '1 image', 1, 16),
  /** Many at once. */
  images: (modules) => images(modules, '64 images', 64, 1),
};

async function images(
  { relaxedKernels }: Modules,
  kind: string,
  rows: number,
  count: number,
): Promise<Workload> {
  const network = convolvedNetwork();
  const backend = new SimdBackend(relaxedKernels);
  const products = network.spec.network.layers.flatMap((layer, index) =>
    layer.type === 'conv'
      ? [productOf(backend, layer, network.weights.get(`layers.${index}.weight`) as Float32Array)]
      : [],
  );
  const random = new Random(2);
  const size = rows * inputSize(network.spec.input);
  return {
    network,
    rows,
    batches: { [kind]: Array.from({ length: count }, () => random.normals(size, 1)) },
    limit() {
      for (let row = 0; row < rows; row++) for (const multiply of products) multiply();
    },
    tfjs: tfjsConvolution,
  };
}
