/**
 * Base training: epochs of shuffled batches through the layers' own local updates, with a cosine
 * schedule. Everything random is drawn from streams named by (seed, epoch, batch), so a resumed run
 * continues exactly as the uninterrupted one.
 */
import { augmentBatch } from '../data/augment-batch.ts';
import type { Augmentation } from '../data/augmentation.ts';
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import type { InputSpec } from '../data/input-spec.ts';
import { GaussianNoise } from '../hff/noise.ts';
import { cosineSchedule } from '../hff/optimiser.ts';
import { Random } from '../hff/random.ts';
import type { ReceptiveFields } from '../hff/receptive-fields.ts';
import type { LayerReport } from '../hff/update-layer.ts';
import { heldOutAccuracy } from './held-out-accuracy.ts';
import type { LearningLayers } from './learning-layers.ts';

export interface TrainOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Steps in which the rate grows to the learning rate, ≥ 0. */
  readonly warmUp?: number;
  /** Margin m of the loss. */
  readonly margin: number;
  /** Share of each handed-on activation that is zeroed, [0, 1). */
  readonly dropout: number;
  /** Standard deviation of the noise added to standardised inputs. */
  readonly noise: number;
  /** How far each training image is moved at random; images only. */
  readonly augment?: Augmentation;
  /**
   * Whether each training image is turned by a random multiple of 90° and the turn learned with the
   * class; square images only. The finished model has the upright classes alone.
   */
  readonly turns?: boolean;
  /** Rectangle of the image that each unit of the first layer sees; images only. */
  readonly fields?: ReceptiveFields;
  readonly seed: number;
}

/** Loss and accuracy over training samples, turned classes included, measured while learning. */
export interface LayerProgress {
  readonly loss: number;
  readonly accuracy: number;
}

export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  readonly layers: readonly LayerProgress[];
  /** Share of held-out samples that the voting layers decide rightly. */
  readonly holdoutAccuracy: number;
  readonly seconds: number;
}

export interface BatchProgress {
  /** From 1. */
  readonly epoch: number;
  /** From 1 to `batches`. */
  readonly batch: number;
  readonly batches: number;
  /** Means over the epoch so far. */
  readonly layers: readonly LayerProgress[];
}

export interface TrainEvents {
  onBatch?(progress: BatchProgress): void;
  /** After each epoch; awaited, so that a checkpoint can be written. */
  onEpoch?(report: EpochReport): void | Promise<void>;
  /** Ends training after the running batch; the unfinished epoch counts for nothing. */
  readonly signal?: AbortSignal;
}

/** Longest time in ms that training keeps the event loop waiting, where batches are shorter. */
const turnMilliseconds = 100;

/** Names of the random streams under one seed. */
const stream = { order: 1001, batch: 1002, noise: 1003, images: 1006 } as const;

/**
 * @param voters indices of the layers that decide
 * @param epochsDone epochs that they have behind them
 */
export async function train(
  layers: Pick<LearningLayers, 'learn' | 'classify' | 'settle'>,
  voters: readonly number[],
  data: { readonly training: Dataset; readonly holdout: Dataset; readonly input: InputSpec },
  options: TrainOptions,
  epochsDone: number,
  events: TrainEvents = {},
): Promise<void> {
  const { training, holdout, input } = data;
  const { batchSize, seed, epochs, augment, turns = false, warmUp = 0 } = options;
  const samples = training.labels.length;
  const batches = Math.ceil(samples / batchSize);
  const noise =
    options.noise > 0 ? new GaussianNoise(options.noise, new Random(seed, stream.noise)) : null;
  let turnStarted = performance.now();
  for (let epoch = epochsDone + 1; epoch <= epochs; epoch++) {
    const started = performance.now();
    const order = new Random(seed, stream.order, epoch).permutation(samples);
    const means: RunningMean[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const random = new Random(seed, stream.batch, epoch, batch);
      const indices = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const images = new Random(seed, stream.images, epoch, batch);
      const { inputs, labels } =
        augment || turns
          ? augmentBatch(training, input, indices, { augment, turns }, images)
          : gatherBatch(training, input, indices);
      noise?.addTo(inputs, random);
      const step = (epoch - 1) * batches + batch;
      const rateFactor = Math.min(1, (step + 1) / warmUp) * cosineSchedule(step, epochs * batches);
      await layers.learn({ inputs, labels, step: step + 1, rateFactor }, (reports) => {
        reports.forEach((report, i) => {
          means[i] ??= new RunningMean();
          means[i].add(report, labels.length);
        });
        events.onBatch?.({ epoch, batch: batch + 1, batches, layers: means.map(progressOf) });
      });
      if (performance.now() - turnStarted > turnMilliseconds) {
        await new Promise((resolve) => setTimeout(resolve));
        turnStarted = performance.now();
      }
      if (events.signal?.aborted) {
        await layers.settle();
        return;
      }
    }
    await layers.settle();
    const holdoutAccuracy = await heldOutAccuracy(layers, voters, holdout, input);
    const seconds = (performance.now() - started) / 1000;
    await events.onEpoch?.({ epoch, layers: means.map(progressOf), holdoutAccuracy, seconds });
  }
}

function progressOf(mean: RunningMean): LayerProgress {
  return mean.value();
}

class RunningMean {
  #samples = 0;
  #loss = 0;
  #correct = 0;

  add({ loss, correct }: LayerReport, samples: number): void {
    this.#samples += samples;
    this.#loss += loss * samples;
    this.#correct += correct;
  }

  value(): LayerProgress {
    return { loss: this.#loss / this.#samples, accuracy: this.#correct / this.#samples };
  }
}
