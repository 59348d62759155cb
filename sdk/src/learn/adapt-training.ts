/** The local rule on all layers, as base training did it: its margin, noise and augmentation. */
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { Dataset } from '../data/dataset.ts';
import type { ModelSpec } from '../format/model-spec.ts';
import type { NetworkSpec, NetworkWeights } from '../hff/network.ts';
import { layersHere } from '../train/layers-here.ts';
import { train } from '../train/train.ts';
import type { TrainedWeights } from '../train/trained-weights.ts';

export interface AdaptSettings {
  /** Passes over the samples, 1 to 1000; as many as make about 500 steps, from 10 to 200. */
  readonly epochs?: number;
  /** Adam's, above 0, up to 1; half of that of base training. It falls to 0 towards the end. */
  readonly learningRate?: number;
  /** Of all that is random: what is held back, order, noise and augmentation; 1. */
  readonly seed?: number;
}

/** Small, so that few samples make enough steps. */
const batchSize = 64;

/** Fewer leave a new domain half learned, however few the samples (`docs/decisions/0008-adapt.md`). */
const usualSteps = 500;
const [leastEpochs, mostEpochs] = [10, 200];

/** Half of what base training begins with; this of it where there is no record. */
const usualLearningRate = 2e-3;

/**
 * @param data standardised already, with labels in the order of the network's classes
 * @param watched hears of samples seen after each batch; what it throws ends the training
 * @returns the weights, or null where they left the finite numbers
 */
export async function trainLayers(
  backend: TrainingBackend,
  start: { readonly network: NetworkSpec; readonly weights: NetworkWeights },
  data: { readonly training: Dataset; readonly holdout: Dataset },
  spec: ModelSpec,
  settings: AdaptSettings,
  watched: (done: number, total: number) => void,
): Promise<TrainedWeights | null> {
  const record = spec.training;
  const { margin = 0, noise = 0, augment } = record ?? {};
  const learningRate = settings.learningRate ?? (record?.learningRate ?? usualLearningRate) / 2;
  const samples = data.training.labels.length;
  const ample = Math.ceil(usualSteps / Math.ceil(samples / batchSize));
  const epochs = settings.epochs ?? Math.min(Math.max(ample, leastEpochs), mostEpochs);
  const options = {
    epochs,
    batchSize,
    learningRate,
    margin,
    dropout: 0,
    noise,
    seed: settings.seed ?? 1,
    ...(augment && { augment }),
  };
  const input = { ...spec.input, range: null, mean: [0], deviation: [1] };
  const { network, weights } = start;
  const layers = layersHere(backend)(
    network,
    { weights, moments: new Map() },
    {
      loss: { scale: network.scale, margin },
      adam: { learningRate },
      dropout: 0,
      seed: options.seed,
    },
  );
  try {
    await train(layers, network.voters, { ...data, input }, options, 0, {
      onBatch: ({ epoch, batch }) => {
        const seen = Math.min(samples, batch * batchSize);
        watched((epoch - 1) * samples + seen, epochs * samples);
      },
    });
    const taught = (await layers.state()).weights;
    const finite = [...taught.values()].every((values) => values.every(Number.isFinite));
    return finite ? taught : null;
  } finally {
    layers.dispose();
  }
}
