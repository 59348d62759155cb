/**
 * A training run from first epoch to finished model: holds samples back, keeps the last epoch that is
 * as good as the best by them, and can be written down after any epoch and taken up again with the
 * same result.
 */
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { fingerprint } from '../data/fingerprint.ts';
import { HffError } from '../error.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { momentNames } from '../hff/optimiser.ts';
import { checkPlan } from './check-plan.ts';
import { type BestEpoch, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { chooseEpoch } from './choose-epoch.ts';
import { firstWeights } from './first-weights.ts';
import type { LayersState, LearningOptions, StartLayers } from './learning-layers.ts';
import { takeSamples } from './take-samples.ts';
import { type TrainEvents, train } from './train.ts';
import type { TrainingPlan } from './training-plan.ts';
import { networkInTraining, uprightWeights } from './turned-classes.ts';

/**
 * Length of a prototype's step for each unit of the learning rate, behind convolutions: their features
 * are so many that a step of the learning rate in each would leap about the sphere.
 */
const prototypeSteps = 6;

export class Training {
  readonly plan: TrainingPlan;
  /** The samples that the plan takes, the held-back ones included. */
  readonly dataset: Dataset;
  readonly #startLayers: StartLayers;
  readonly #samples: string;
  readonly #training: Dataset;
  readonly #holdout: Dataset;
  /** After the last epoch that ended. */
  #state: LayersState;
  #epochsDone = 0;
  #best: BestEpoch | null = null;

  /**
   * @param startLayers where the layers are to learn
   * @param dataset all samples there are to learn from, the held-back ones included
   * @throws HffError `data/…`, `input/shape` for unsound samples, `option/invalid` for the plan
   */
  constructor(startLayers: StartLayers, dataset: Dataset, plan: TrainingPlan) {
    checkDataset(dataset);
    // As a checkpoint gives it back, so that a resumed run records it in the same order.
    this.plan = checkPlan(plan);
    const { training, holdout, ...taken } = takeSamples(dataset, this.plan);
    this.dataset = taken.dataset;
    this.#startLayers = startLayers;
    this.#samples = fingerprint(this.dataset);
    this.#training = training;
    this.#holdout = holdout;
    this.#state = firstState(this.plan);
  }

  /**
   * Goes on where a checkpoint was written; the same samples must be given again.
   * @throws HffError `snapshot/…` when the bytes are no checkpoint or one of other samples
   */
  static resume(startLayers: StartLayers, dataset: Dataset, bytes: Uint8Array): Training {
    const { plan, samples, epochsDone, weights, moments, best } = readCheckpoint(bytes);
    const training = new Training(startLayers, dataset, plan);
    if (training.#samples !== samples) {
      throw new HffError(
        'snapshot/inconsistent',
        `checkpoint: expected the samples that it was made with (${samples}), got others (${training.#samples}). Start the training anew.`,
      );
    }
    training.#state = { weights, moments };
    training.#epochsDone = epochsDone;
    training.#best = best;
    return training;
  }

  get epochsDone(): number {
    return this.#epochsDone;
  }

  /**
   * Trains to the last epoch, or until `events.signal` is aborted. What an unfinished epoch taught is
   * dropped: the next call goes on where the last epoch ended.
   * @throws HffError `backend/…`
   */
  async run(events: TrainEvents = {}): Promise<void> {
    const { spec, options } = this.plan;
    const network = networkInTraining(this.plan);
    const data = { training: this.#training, holdout: this.#holdout, input: spec.input };
    const layers = this.#startLayers(network, this.#state, learningOptions(this.plan));
    try {
      await train(layers, network.voters, data, options, this.#epochsDone, {
        ...events,
        onEpoch: async (report) => {
          this.#state = await layers.state();
          this.#epochsDone = report.epoch;
          const chosen = chooseEpoch(report, this.#best, this.#holdout.labels.length);
          if (chosen) this.#best = { ...chosen, weights: this.#state.weights };
          await events.onEpoch?.(report);
        },
      });
    } finally {
      layers.dispose();
    }
  }

  /** Everything that `resumeTraining` needs, as bytes: the run as it was when the last epoch ended. */
  checkpoint(): Uint8Array {
    return writeCheckpoint({
      plan: this.plan,
      samples: this.#samples,
      epochsDone: this.#epochsDone,
      best: this.#best,
      ...this.#state,
    });
  }

  /** The model after the epoch that counts as its best, or null while none has ended with finite losses. */
  best(): Snapshot | null {
    if (!this.#best) return null;
    const { spec, options, data, ...taken } = this.plan;
    const samples = this.#training.labels.length;
    const training = { ...options, data, samples, ...taken, bestEpoch: this.#best.epoch };
    const weights = uprightWeights(this.plan, this.#best.weights);
    return { spec: { ...spec, training }, weights };
  }
}

/** With moments of 0, as the optimiser begins. */
function firstState(plan: TrainingPlan): LayersState {
  const weights = firstWeights(plan);
  const moments = [...weights].flatMap(([name, { length }]) =>
    momentNames(name).map((moment) => [moment, new Float32Array(length)] as const),
  );
  return { weights, moments: new Map(moments) };
}

function learningOptions({ spec, options }: TrainingPlan): LearningOptions {
  const { margin, dropout, seed, learningRate } = options;
  const convolves = spec.network.layers.some(({ type }) => type === 'conv');
  const adam = {
    learningRate,
    prototypeStep: convolves ? prototypeSteps * learningRate : undefined,
  };
  return { loss: { scale: spec.network.scale, margin }, adam, dropout, seed };
}
