/** A rival to adapting: the layers stay, only their statistics are made anew, in the same way. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { prepareSample } from '../../sdk/src/data/prepare-sample.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { measureLayers } from '../../sdk/src/learn/adapt-measure.ts';
import { splitSamples } from '../../sdk/src/learn/adapt-samples.ts';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import type { Digits } from './shifted-digits.ts';

export async function renewStatistics(
  snapshot: Snapshot,
  { samples, labels }: Digits,
): Promise<Model> {
  const { spec, weights } = snapshot;
  const exemplars = samples.map((values, i) => {
    const sample = new Float32Array(values.length);
    prepareSample(sample, values, spec.input, `sample ${i}`);
    return { label: labels[i] as string, sample };
  });
  const classes = spec.labels.map((label, c) => ({ label, baseIndices: [c] }));
  const layers = [...weights].filter(([name]) => name.startsWith('layers.'));
  const renewed = await measureLayers(
    new SimdBackend(await nodeKernels(), nodeExtraKernels),
    snapshot,
    { network: spec.network, weights: new Map(layers) },
    splitSamples(classes, exemplars, 1),
    async () => {},
  );
  return loadModel(renewed.snapshot);
}
