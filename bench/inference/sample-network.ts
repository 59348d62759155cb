/** The network that is timed: 784-1000-1000-1000 with 10 classes, untrained. */
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';

const sizes = [784, 1000, 1000, 1000];
const labels = Array.from({ length: 10 }, (_, c) => String(c));

const layers = sizes.slice(1).map(
  (units, i): DenseSpec => ({
    type: 'dense',
    inputs: sizes[i] as number,
    units,
    prototypes: labels.map(() => 1),
  }),
);

const spec: ModelSpec = {
  name: 'bench',
  version: 1,
  labels,
  // Mean and deviation as of MNIST.
  input: {
    width: 28,
    height: 28,
    channels: 1,
    range: [0, 255],
    mean: [33.3],
    deviation: [78.6],
    fit: { mode: 'glyph', box: 20 },
  },
  network: { layers, sharpness: 30, scale: 20, voters: [1, 2] },
  training: null,
};

export interface SampleNetwork extends Snapshot {
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** The same numbers on every platform. */
export function sampleNetwork(): SampleNetwork {
  return { spec, weights: initialWeights(spec.network, 1) };
}
