/**
 * Layers learn again where the model runs: HFF's local rule on the samples at hand, and statistics to
 * go with it. All of it is made beside the model, which takes it over in one step or stays as it is.
 */
import type { Backend } from '../backend/backend.ts';
import type { SimdBackend } from '../backend/simd/simd-backend.ts';
import { SimdTrainingBackend } from '../backend/simd/simd-training-backend.ts';
import type { Snapshot } from '../format/snapshot.ts';
import type { Network } from '../hff/network.ts';
import { trainable } from '../hff/trainable.ts';
import type { ModelParts } from '../model-parts.ts';
import { shareWithout } from './adapt-check.ts';
import { featuresOf, pauseBy } from './adapt-features.ts';
import { measureLayers } from './adapt-measure.ts';
import { beginNetwork, storeLike } from './adapt-network.ts';
import { checkSettings } from './adapt-options.ts';
import { datasetOf, splitSamples } from './adapt-samples.ts';
import { measuredClasses } from './adapt-statistics.ts';
import { type AdaptSettings, trainLayers } from './adapt-training.ts';
import type { Exemplar } from './exemplars.ts';
import type { Learning } from './learning.ts';

/** What came of an adaptation. */
export interface Adaptation {
  /** Whether the model has new layers: `after` is not below `before`. */
  readonly kept: boolean;
  /**
   * Share of the samples held back that are decided rightly, 0 to 1, by the layers as they were with
   * the other samples learned, …
   */
  readonly before: number;
  /** … and by the new layers; 0 where these left the finite numbers. */
  readonly after: number;
  /** Number of samples held back. */
  readonly heldBack: number;
}

/** The model as it is. */
export interface AdaptGround {
  readonly backend: Backend;
  readonly snapshot: Snapshot;
  readonly network: Network;
  readonly learning: Learning;
}

/** Who follows an adaptation. */
export interface AdaptWatch {
  /** Throws where the adaptation is to end; asked after each batch. */
  check(): void;
  /** Samples that the layers have seen, over all epochs. */
  progress(done: number, total: number): void;
  /** Takes the new parts over, which are its own from then on unless it throws. */
  take(parts: ModelParts): Promise<void>;
}

/**
 * @param samples all that is at hand
 * @throws HffError `option/invalid`, `learn/label`, `learn/too-few`, `learn/too-many`, `backend/memory`, and whatever
 *   `watch` throws
 */
export async function adapt(
  { snapshot, network, learning, ...ground }: AdaptGround,
  samples: readonly Exemplar[],
  settings: AdaptSettings,
  watch: AdaptWatch,
): Promise<Adaptation> {
  checkSettings(settings);
  // Nothing learns in another engine.
  const backend = ground.backend as SimdBackend;
  const { spec, weights } = snapshot;
  const { input } = spec;
  spec.network.layers.forEach(trainable);
  const pause = pauseBy(() => watch.check());
  const known = learning.learner.state.classes();
  const split = splitSamples(known, samples, settings.seed ?? 1);
  const { classes, training, held } = split;
  const rows = await featuresOf(network, training, pause);
  const heldRows = await featuresOf(network, held, pause);
  const seen = { samples: training, rows };
  const before = await shareWithout(learning, seen, { samples: held, rows: heldRows }, pause);
  const report = { before, heldBack: held.length };

  const start = beginNetwork(spec.network, weights, measuredClasses(classes, training, rows));
  const labels = classes.map(({ label }) => label);
  const data = {
    training: datasetOf(training, labels, input),
    holdout: datasetOf(held, labels, input),
  };
  const engine = new SimdTrainingBackend(backend, await backend.loadExtra());
  const trained = await trainLayers(engine, start, data, spec, settings, (done, total) => {
    watch.progress(done, total);
    watch.check();
  });
  if (!trained) return { ...report, kept: false, after: 0 };

  const layers = { network: start.network, weights: storeLike(weights, trained) };
  const parts = await measureLayers(backend, snapshot, layers, split, pause);
  const kept = parts.after >= before;
  try {
    if (kept) await watch.take(parts);
    else dispose(parts);
  } catch (cause) {
    dispose(parts);
    throw cause;
  }
  return { ...report, kept, after: parts.after };
}

function dispose({ network, readout }: ModelParts): void {
  network.dispose();
  readout?.dispose();
}
