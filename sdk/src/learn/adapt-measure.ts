/** Adapted layers with the statistics, head and calibration that make them a model. */
import type { SimdBackend } from '../backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../backend/simd/simd-symmetric.ts';
import type { StatisticsSpec } from '../format/model-spec.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { namedStatistics, statisticsOf } from '../format/stored-statistics.ts';
import { Network, type NetworkSpec, type NetworkWeights } from '../hff/network.ts';
import type { ModelParts } from '../model-parts.ts';
import { type Head, Readout } from '../readout.ts';
import { calibrate } from '../train/calibrate.ts';
import { shareRight } from './adapt-check.ts';
import { featuresOf, type Pause } from './adapt-features.ts';
import type { SplitSamples } from './adapt-samples.ts';
import { carryStatistics, headOfBase, measuredClasses } from './adapt-statistics.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { Exemplar } from './exemplars.ts';
import { withShareOf } from './votes-of.ts';

/**
 * @param snapshot of the model before; it has statistics, or nothing would learn
 * @returns with the share of the held-back samples that are decided rightly, 0 to 1
 */
export async function measureLayers(
  backend: SimdBackend,
  { spec, weights }: Snapshot,
  layers: { readonly network: NetworkSpec; readonly weights: NetworkWeights },
  { classes, training, held }: SplitSamples,
  pause: Pause,
): Promise<ModelParts & { readonly after: number }> {
  const symmetric = await SimdSymmetric.start(backend);
  const network = new Network(backend, layers.network, layers.weights);
  const statistics = spec.statistics as StatisticsSpec;
  let readout: Readout | undefined;
  try {
    const rows = await featuresOf(network, training, pause);
    const heldRows = await featuresOf(network, held, pause);
    const old = statisticsOf(statistics, weights);
    const labels = classes.map(({ label }) => label);
    const statisticsFrom = (
      samples: readonly Exemplar[],
      features: readonly Float32Array[],
    ): [BaseStatistics, Head] => {
      const measured = measuredClasses(classes, samples, features);
      const base = carryStatistics(backend, old, measured);
      return [base, headOfBase(symmetric, base, labels)];
    };
    const [, checked] = statisticsFrom(training, rows);
    await pause();
    readout = new Readout(backend, checked, network.featureSize);
    const after = shareRight(readout, held, heldRows);
    const features = new Float32Array(held.length * network.featureSize);
    heldRows.forEach((row, i) => {
      features.set(row, i * row.length);
    });
    const indices = Uint16Array.from(held, ({ label }) => labels.indexOf(label));
    const calibration = calibrate(readout, [{ features, labels: indices }]);
    readout.dispose();

    // Judged once, the samples held back are too good to be left out.
    const [base, head] = statisticsFrom([...training, ...held], [...rows, ...heldRows]);
    await pause();
    readout = new Readout(backend, head, network.featureSize);
    const { version } = spec;
    const snapshot = {
      spec: {
        ...spec,
        version: version + 1,
        labels,
        network: layers.network,
        statistics: { ...withShareOf(base.votes, statistics), counts: base.counts, calibration },
      },
      weights: new Map([...layers.weights, ...namedStatistics(head, base)]),
    };
    return { snapshot, network, readout, after };
  } catch (cause) {
    network.dispose();
    readout?.dispose();
    throw cause;
  }
}
