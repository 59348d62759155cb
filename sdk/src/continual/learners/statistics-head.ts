/** Our own learner, as a device has it: the base by the statistics in the model's file. */
import { inputSize } from '../../data/input-spec.ts';
import { prepareSample } from '../../data/prepare-sample.ts';
import type { LearnedState } from '../../learn/learned-state.ts';
import type { Learner } from '../../learn/learner.ts';
import type { Learning } from '../../learn/learning.ts';
import type { Model } from '../../model.ts';
import { familiarity, type Head, type Readout, unknownBelow } from '../../readout.ts';
import type { FeatureLearner, LearnerKind } from '../feature-learner.ts';
import { gather, type ShownSamples } from '../samples.ts';

export const statisticsHead: LearnerKind = {
  name: 'hff-edge',
  note: 'Shared covariance, means shrunk by what is noise in them; few shots are seen in nine views.',
  async create({ model }) {
    const learning = await model.learning();
    return new StatisticsHead(model, learning, learning.learner.state);
  },
};

class StatisticsHead implements FeatureLearner {
  readonly threshold = unknownBelow;
  readonly #model: Model;
  readonly #learning: Learning;
  readonly #learner: Learner;
  #readout: Readout | null = null;

  constructor(model: Model, learning: Learning, state: LearnedState) {
    this.#model = model;
    this.#learning = learning;
    this.#learner = learning.learnerOf(state.copy());
  }

  learn({ features, labels }: ShownSamples): void {
    const rows = labels.map((_, row) => gather(features, labels.length, Uint32Array.of(row)));
    this.#learnAll(labels, rows);
  }

  show({ raw, labels }: ShownSamples): void {
    const { input } = this.#model;
    const rows = labels.map((_, row) => {
      const sample = new Float32Array(inputSize(input));
      prepareSample(
        sample,
        gather(raw, labels.length, Uint32Array.of(row)),
        input,
        `sample ${row}`,
      );
      return this.#learning.features(sample, true);
    });
    this.#learnAll(labels, rows);
  }

  async classify(features: Float32Array, rows: number): Promise<string[]> {
    const { labels } = this.#current();
    return this.#scores(features, rows, (own) => labels[own.indexOf(Math.max(...own))] as string);
  }

  async familiarity(features: Float32Array, rows: number): Promise<Float32Array> {
    const readout = this.#current();
    const { calibration } = this.#learning;
    return Float32Array.from(
      this.#scores(features, rows, (own, sample) =>
        familiarity(readout.typicality(own, sample, calibration), calibration),
      ),
    );
  }

  async confidence(features: Float32Array, rows: number): Promise<Float32Array> {
    const sharpness = this.#current().sharpness(this.#learning.calibration);
    return Float32Array.from(
      this.#scores(features, rows, (own) => {
        const largest = Math.max(...own);
        return 1 / own.reduce((sum, score) => sum + Math.exp(sharpness * (score - largest)), 0);
      }),
    );
  }

  /** Base statistics in the model's file, and what was learned. */
  bytes(): number {
    let bytes = this.#learning.baseBytes;
    this.#learner.state.eachMoment(({ plus, minus, folded }) => {
      for (const row of [...plus, ...minus]) bytes += row.byteLength;
      if (folded) bytes += folded.sum.byteLength + folded.triangle.byteLength;
    });
    return bytes;
  }

  copy(): StatisticsHead {
    return new StatisticsHead(this.#model, this.#learning, this.#learner.state);
  }

  dispose(): void {
    this.#readout?.dispose();
    this.#learner.dispose();
  }

  #learnAll(labels: readonly string[], rows: readonly Float32Array[]): void {
    const { state } = this.#learner;
    state.take(state.plan.learn(labels, rows));
    this.#readout?.dispose();
    this.#readout = null;
  }

  #current(): Readout {
    this.#readout ??= this.#learning.readoutOf(this.#learner.fit() as Head);
    return this.#readout;
  }

  /** @param each takes the scores and the features of one sample */
  #scores<T>(
    features: Float32Array,
    rows: number,
    each: (own: Float32Array, sample: Float32Array) => T,
  ): T[] {
    const readout = this.#current();
    const scores = readout.scores(features, rows);
    const classes = readout.labels.length;
    const size = features.length / rows;
    return Array.from({ length: rows }, (_, row) =>
      each(
        scores.subarray(row * classes, (row + 1) * classes),
        features.subarray(row * size, (row + 1) * size),
      ),
    );
  }
}
