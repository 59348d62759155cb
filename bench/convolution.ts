/**
 * One CIFAR image through four convolutions, the whole network against its matrix products alone, by
 * layer: what laying patches out, pooling and the layers' own decisions cost beside them.
 */
import { nodeExtraKernels, nodeKernels } from '../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../sdk/src/backend/simd/simd-backend.ts';
import { convolutionOf } from '../sdk/src/hff/conv-shape.ts';
import { foldedWeights } from '../sdk/src/hff/folded-weights.ts';
import { initialWeights } from '../sdk/src/hff/initial-weights.ts';
import { prepareLayers } from '../sdk/src/hff/layer-kinds.ts';
import type { ConvSpec, LayerSpec } from '../sdk/src/hff/layer-spec.ts';
import { Network } from '../sdk/src/hff/network.ts';
import { Random } from '../sdk/src/hff/random.ts';
import { designLayers } from '../sdk/src/train/design-layers.ts';
import { median, withSpread } from './statistics.ts';

const widths = [48, 96, 192, 384];
const image = { width: 32, height: 32, channels: 3 };
const rounds = 30;

/** ms of each round, after three that do not count. */
function timed(run: () => void): number[] {
  const times: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const started = performance.now();
    run();
    if (round >= 0) times.push(performance.now() - started);
  }
  return times;
}

/** The product of a layer's patches and its weight, as the convolution has it. */
function productOf(backend: SimdBackend, spec: ConvSpec, weight: Float32Array): () => void {
  const { across, down } = convolutionOf(spec);
  const inputs = weight.length / spec.channels;
  const patches = backend.load(
    new Random(2).normals(across * down * inputs, 1),
    across * down,
    inputs,
  );
  const frozen = backend.freeze(weight, inputs, spec.channels);
  const bias = backend.matrix(1, spec.channels);
  const out = backend.matrix(across * down, spec.channels);
  return () => backend.affineRelu(out, patches, frozen, bias);
}

export async function measureConvolution(): Promise<Record<string, string>[]> {
  const classes = new Array<number>(10).fill(1);
  const layers = designLayers(
    widths.map((channels) => ({ channels })),
    image,
    classes,
  );
  const spec = { layers, sharpness: 30, scale: 40, voters: [layers.length - 1] };
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  await prepareLayers(backend, spec);
  const weights = foldedWeights(spec, initialWeights(spec, 1));
  const network = new Network(backend, spec, weights);
  let x = backend.load(new Random(1).normals(32 * 32 * 3, 1), 1, 32 * 32 * 3);
  const rows = layers.map((layer, index) => {
    const conv = convolution(layer);
    const input = x;
    const whole = timed(() => network.layers[index]?.forward(input));
    const product = timed(
      productOf(backend, conv, weights.get(`layers.${index}.weight`) as Float32Array),
    );
    x = network.layers[index]?.output ?? x;
    return { layer: `conv:${conv.channels}`, whole, product };
  });
  const samples = new Random(1).normals(32 * 32 * 3, 1);
  const all = timed(() => network.votes(samples, 1));
  const products = rows.reduce((sum, { product }) => sum + median(product), 0);
  return [
    ...rows.map(({ layer, whole, product }) => ({
      layer,
      'ms whole': withSpread(whole, 2),
      'ms product': withSpread(product, 2),
      ratio: (median(whole) / median(product)).toFixed(2),
    })),
    {
      layer: 'all, with scores',
      'ms whole': withSpread(all, 2),
      'ms product': products.toFixed(2),
      ratio: (median(all) / products).toFixed(2),
    },
  ];
}

function convolution(layer: LayerSpec): ConvSpec {
  if (layer.type === 'conv') return layer;
  throw new TypeError('a dense layer');
}
