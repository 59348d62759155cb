/**
 * A training run from first epoch to finished model: holds samples back, keeps the best epoch, and
 * can be written down after any epoch and taken up again with the same result.
 */
import type { TrainingBackend } from '../backend/training-backend.ts';
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { fingerprint } from '../data/fingerprint.ts';
import { HffError } from '../error.ts';
import type { Snapshot } from '../format/snapshot.ts';
import type { NetworkWeights } from '../hff/network.ts';
import { Adam, type AdamOptions, type Optimiser } from '../hff/optimiser.ts';
import { TrainingNetwork } from '../hff/training-network.ts';
import { checkPlan } from './check-plan.ts';
import { type BestEpoch, type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { firstWeights } from './first-weights.ts';
import { takeSamples } from './take-samples.ts';
import { type TrainEvents, train } from './train.ts';
import type { TrainingPlan } from './training-plan.ts';
import { networkInTraining, uprightWeights } from './turned-classes.ts';

export class Training {
  readonly plan: TrainingPlan;
  /** The samples that the plan takes, the held-back ones included. */
  readonly dataset: Dataset;
  readonly #backend: TrainingBackend;
  readonly #network: TrainingNetwork;
  readonly #optimiser: Optimiser;
  readonly #samples: string;
  readonly #training: Dataset;
  readonly #holdout: Dataset;
  #epochsDone = 0;
  #best: BestEpoch | null = null;

  /**
   * @param dataset all samples there are to learn from, the held-back ones included
   * @throws HffError `data/…`, `input/shape` for unsound samples, `option/invalid` for the plan
   */
  constructor(
    backend: TrainingBackend,
    dataset: Dataset,
    plan: TrainingPlan,
    weights?: NetworkWeights,
  ) {
    checkDataset(dataset);
    // As a checkpoint gives it back, so that a resumed run records it in the same order.
    this.plan = checkPlan(plan);
    const { training, holdout, ...taken } = takeSamples(dataset, this.plan);
    this.dataset = taken.dataset;
    this.#backend = backend;
    this.#samples = fingerprint(this.dataset);
    this.#training = training;
    this.#holdout = holdout;
    const start = weights ?? firstWeights(this.plan);
    this.#network = new TrainingNetwork(backend, networkInTraining(this.plan), start);
    this.#optimiser = new Adam(backend, adamOptions(this.plan));
  }

  /**
   * Goes on where a checkpoint was written; the same samples must be given again.
   * @throws HffError `snapshot/…` when the bytes are no checkpoint or one of other samples
   */
  static resume(backend: TrainingBackend, dataset: Dataset, bytes: Uint8Array): Training {
    const { plan, samples, epochsDone, weights, moments, best } = readCheckpoint(bytes);
    const training = new Training(backend, dataset, plan, weights);
    if (training.#samples !== samples) {
      training.dispose();
      throw new HffError(
        'snapshot/inconsistent',
        `checkpoint: expected the samples that it was made with (${samples}), got others (${training.#samples}). Start the training anew.`,
      );
    }
    training.#epochsDone = epochsDone;
    training.#best = best;
    for (const [name, matrix] of training.#moments()) {
      backend.write(matrix, moments.get(name) as Float32Array, matrix.rows);
    }
    return training;
  }

  get epochsDone(): number {
    return this.#epochsDone;
  }

  /** Trains to the last epoch, or until `events.signal` is aborted. */
  async run(events: TrainEvents = {}): Promise<void> {
    const data = {
      training: this.#training,
      holdout: this.#holdout,
      input: this.plan.spec.input,
    };
    await train(this.#network, data, this.plan.options, this.#optimiser, this.#epochsDone, {
      ...events,
      onEpoch: async (report) => {
        this.#epochsDone = report.epoch;
        const sound = report.layers.every(({ loss }) => Number.isFinite(loss));
        if (sound && report.holdoutAccuracy >= (this.#best?.accuracy ?? 0)) {
          const { epoch, holdoutAccuracy: accuracy } = report;
          this.#best = { epoch, accuracy, weights: this.#network.weights() };
        }
        await events.onEpoch?.(report);
      },
    });
  }

  /** Everything that `resumeTraining` needs, as bytes. */
  checkpoint(): Uint8Array {
    const moments = new Map(
      [...this.#moments()].map(([name, matrix]) => [name, this.#backend.read(matrix)]),
    );
    const weights = this.#network.weights();
    const state: Checkpoint = {
      plan: this.plan,
      samples: this.#samples,
      epochsDone: this.#epochsDone,
      best: this.#best,
      weights,
      moments,
    };
    return writeCheckpoint(state);
  }

  /** The model after its best epoch, or null while no epoch has ended with finite losses. */
  best(): Snapshot | null {
    if (!this.#best) return null;
    const { spec, options, data, ...taken } = this.plan;
    const samples = this.#training.labels.length;
    const training = { ...options, data, samples, ...taken, bestEpoch: this.#best.epoch };
    const weights = uprightWeights(this.plan, this.#best.weights);
    return { spec: { ...spec, training }, weights };
  }

  dispose(): void {
    this.#network.dispose();
    this.#optimiser.dispose();
  }

  #moments(): ReturnType<Optimiser['state']> {
    return this.#optimiser.state(this.#network.parameters);
  }
}

/**
 * Length of a prototype's step for each unit of the learning rate, behind convolutions: their features
 * are so many that a step of the learning rate in each would leap about the sphere.
 */
const prototypeSteps = 6;

function adamOptions({ spec, options: { learningRate } }: TrainingPlan): AdamOptions {
  const convolves = spec.network.layers.some(({ type }) => type === 'conv');
  return { learningRate, prototypeStep: convolves ? prototypeSteps * learningRate : undefined };
}
