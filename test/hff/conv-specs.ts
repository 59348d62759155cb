/** Small networks with convolutions, and engines for them. */
import fc from 'fast-check';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import { convKind } from '../../sdk/src/hff/conv-kind.ts';
import { imageSize, pooledOf } from '../../sdk/src/hff/conv-shape.ts';
import { prepareLayers } from '../../sdk/src/hff/layer-kinds.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';

/** Two convolutions and a dense layer: 9 × 8 pixels of three channels, three classes. */
export const stack: NetworkSpec = networkOf([
  {
    type: 'conv',
    inputs: { width: 9, height: 8, channels: 3 },
    kernel: 3,
    stride: 1,
    padding: 1,
    channels: 5,
    pool: 2,
    grid: 3,
    aux: 6,
    prototypes: [2, 1, 1],
  },
  {
    type: 'conv',
    inputs: { width: 4, height: 4, channels: 5 },
    kernel: 2,
    stride: 1,
    padding: 0,
    channels: 7,
    pool: 1,
    grid: 2,
    aux: 4,
    prototypes: [1, 1, 1],
  },
]);

/** The layers, and behind them a dense one. */
export function networkOf(convolutions: readonly ConvSpec[]): NetworkSpec {
  const last = convolutions.at(-1) as ConvSpec;
  return {
    layers: [
      ...convolutions,
      { type: 'dense', inputs: imageSize(pooledOf(last)), units: 6, prototypes: [1, 1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [convolutions.length - 1],
  };
}

const side = fc.integer({ min: 1, max: 9 });

/** Any sound convolution of few numbers. */
export const anyConvolution: fc.Arbitrary<ConvSpec> = fc
  .record({
    type: fc.constant('conv' as const),
    inputs: fc.record({
      width: side,
      height: side,
      channels: fc.integer({ min: 1, max: 9 }),
    }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 3 }),
    channels: fc.integer({ min: 1, max: 40 }),
    pool: fc.integer({ min: 1, max: 3 }),
    grid: fc.integer({ min: 1, max: 3 }),
    aux: fc.integer({ min: 1, max: 20 }),
    prototypes: fc.constant([1, 2, 1]),
  })
  .filter((spec) => convKind.isSound?.(spec) === true);

/** Images [N, …] of normal numbers for the first layer. */
export function imagesFor({ layers }: NetworkSpec, samples: number, seed: number): Float32Array {
  const [first] = layers as [ConvSpec];
  return new Random(seed).normals(samples * imageSize(first.inputs), 1);
}

export async function simdEngine(spec: NetworkSpec): Promise<SimdBackend> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  await prepareLayers(backend, spec);
  return backend;
}

export async function simdTrainingEngine(): Promise<SimdTrainingBackend> {
  return new SimdTrainingBackend(await nodeKernels(), await nodeExtraKernels());
}
