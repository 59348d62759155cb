/** A network that is timed, untrained: the same numbers on every platform. */
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { foldedWeights } from '../../sdk/src/hff/folded-weights.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { designLayers } from '../../sdk/src/train/design-layers.ts';

const labels = Array.from({ length: 10 }, (_, c) => String(c));

export interface SampleNetwork extends Snapshot {
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** 784-1000-1000-1000, with mean and deviation as of MNIST. */
export function denseNetwork(): SampleNetwork {
  const input = { ...image(28, 1), mean: [33.3], deviation: [78.6] };
  return untrained(input, [1000, 1000, 1000], { sharpness: 30, scale: 20, voters: [1, 2] });
}

/** Four convolutions of 3 × 3 pixels on an image as of CIFAR, of which the last decides. */
export function convolvedNetwork(): SampleNetwork {
  const input = { ...image(32, 3), mean: [125, 123, 114], deviation: [63, 62, 67] };
  const layers = [48, 96, 192, 384].map((channels) => ({ channels }));
  return untrained(input, layers, { sharpness: 30, scale: 40, voters: [3] });
}

function image(side: number, channels: number): Pick<InputSpec, 'width' | 'height' | 'channels'> {
  return { width: side, height: side, channels };
}

function untrained(
  input: Omit<InputSpec, 'range' | 'fit'>,
  sizes: Parameters<typeof designLayers>[0],
  decision: Omit<NetworkSpec, 'layers'>,
): SampleNetwork {
  const layers = designLayers(
    sizes,
    input,
    labels.map(() => 1),
  );
  const spec: ModelSpec = {
    name: 'bench',
    version: 1,
    labels,
    input: { ...input, range: [0, 255], fit: null },
    network: { layers, ...decision },
    training: null,
  };
  const weights = foldedWeights(spec.network, initialWeights(spec.network, 1));
  // They begin at zero, where an engine that forgot them would go unnoticed.
  layers.forEach((_, index) => {
    const name = `layers.${index}.bias`;
    const { length } = weights.get(name) as Float32Array;
    weights.set(name, new Random(3, index).normals(length, 0.1));
  });
  return { spec, weights };
}
