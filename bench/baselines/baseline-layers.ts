/** A baseline as the training loop sees what learns. */
import type { Adam } from '../../sdk/src/hff/optimiser.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { LearningBatch, LearningLayers } from '../../sdk/src/train/learning-layers.ts';
import type { Baseline } from './baseline.ts';

/** Its one voter is the baseline's own decision. */
export class BaselineLayers implements Pick<LearningLayers, 'learn' | 'classify' | 'settle'> {
  readonly #baseline: Baseline;
  readonly #optimiser: Adam;
  readonly #seed: number;

  constructor(baseline: Baseline, optimiser: Adam, seed: number) {
    this.#baseline = baseline;
    this.#optimiser = optimiser;
    this.#seed = seed;
  }

  async learn(
    { inputs, labels, step, rateFactor }: LearningBatch,
    onLearned: Parameters<LearningLayers['learn']>[1],
  ): Promise<void> {
    const optimiser = this.#optimiser;
    optimiser.begin(step, rateFactor);
    const random = new Random(this.#seed, step);
    onLearned(this.#baseline.update(inputs, labels, { optimiser, random }));
  }

  async classify(
    inputs: Float32Array,
    rows: number,
    onScores: Parameters<LearningLayers['classify']>[2],
  ): Promise<void> {
    onScores([this.#baseline.vote(this.#baseline.forward(inputs, rows))]);
  }

  async settle(): Promise<void> {}
}
