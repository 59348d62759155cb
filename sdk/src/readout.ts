/**
 * The decision over all classes, those of base training and those learned since, in one product of a
 * matrix with a sample's features:  score_c = w_c · f + offset_c,  in which prototypes may have a say
 * (`prototype-votes.ts`). Where the numbers come from is the business of `learn/fit-head.ts`.
 *
 * Legend: N samples, C classes, D features.
 */
import type { Backend, Matrix } from './backend/backend.ts';
import { type Numbers, toFloat32 } from './backend/numbers.ts';
import { type PrototypeVotes, Votes } from './prototype-votes.ts';

export interface Head {
  readonly labels: readonly string[];
  /** w, [C, D]. */
  readonly weights: Numbers;
  /** [C]. */
  readonly offsets: Float32Array;
  /** The score that samples of a class have on average in their own class, [C]. */
  readonly expected: Float32Array;
  /** Standard deviation of those scores, > 0, [C]. */
  readonly deviations: Float32Array;
  /** Mean features μ of each class, [C, D]. */
  readonly means: Numbers;
  /** Length that samples of a class have on average along its mean: of f · μ / ‖μ‖, [C]. */
  readonly reaches: Float32Array;
  /** None where the sums alone decide. */
  readonly votes?: PrototypeVotes | undefined;
}

/** What makes scores probabilities and typical samples familiar; from samples held back in training. */
export interface Calibration {
  /** Factor of the scores in the softmax, times the mean expected score of the head, > 0. */
  readonly sharpness: number;
  /** How far samples' length along the mean of their class is from the expected one, on average, > 0. */
  readonly reach: number;
  /** Typicality of the median known sample. */
  readonly middle: number;
  /** Typicality that changes the odds of being known by a factor of e, > 0. */
  readonly spread: number;
  /** Where no samples were held back: typicality as `learn/baseless-readout.ts` has it. */
  readonly by?: 'share';
}

/** A head in an engine. */
export class Readout {
  readonly labels: readonly string[];
  readonly #backend: Backend;
  readonly #head: Head;
  readonly #weights: Matrix;
  readonly #votes: Votes | null;
  readonly #means: Float32Array;
  readonly #features: Matrix;
  readonly #scores: Matrix;
  readonly #meanExpected: number;

  constructor(backend: Backend, head: Head, dimension: number) {
    this.labels = head.labels;
    this.#backend = backend;
    this.#head = head;
    const { expected, votes } = head;
    this.#meanExpected = expected.reduce((sum, score) => sum + score, 0) / expected.length;
    this.#means = toFloat32(head.means);
    this.#weights = backend.load(head.weights, head.labels.length, dimension);
    this.#votes = votes ? new Votes(backend, votes, expected) : null;
    this.#features = backend.matrix(1, dimension);
    this.#scores = backend.matrix(1, head.labels.length);
  }

  get isFinite(): boolean {
    const { offsets, expected, deviations, reaches } = this.#head;
    return (
      this.#backend.allFinite(this.#weights) &&
      (this.#votes?.isFinite ?? true) &&
      [offsets, expected, deviations, this.#means, reaches].every((numbers) =>
        numbers.every(Number.isFinite),
      )
    );
  }

  /**
   * Class scores [N, C].
   * @param features [N, D]
   */
  scores(features: Float32Array, rows: number): Float32Array {
    this.#backend.write(this.#features, features, rows);
    this.#backend.multiply(this.#scores, this.#features, this.#weights, 'right');
    const scores = this.#backend.read(this.#scores);
    const { offsets } = this.#head;
    for (let i = 0; i < scores.length; i++) {
      scores[i] = (scores[i] as number) + (offsets[i % offsets.length] as number);
    }
    this.#votes?.join(scores, this.#features);
    return scores;
  }

  /** By class, in the order of the labels. */
  protected get expected(): Float32Array {
    return this.#head.expected;
  }

  /**
   * Factor of the scores in the softmax. Scores shrink as classes come nearer to each other, on
   * average: what fits one head fits the next in proportion.
   */
  sharpness(calibration: Pick<Calibration, 'sharpness'>): number {
    // Where all classes are one and the same, it is 0 and so are all scores.
    return calibration.sharpness / Math.max(this.#meanExpected, 1e-30);
  }

  /**
   * How typical a sample is of its best class: about 0 for its own samples, strongly negative for what
   * belongs to no class. A sample may be strange by its score and by its length along the mean of the
   * class, each in units of its spread about what is expected: the odds of both add up.
   * @param scores of one sample, [C]
   * @param features of the same sample, [D]
   */
  typicality(
    scores: Float32Array,
    features: Float32Array,
    { reach }: Pick<Calibration, 'reach'>,
  ): number {
    const best = bestOf(scores);
    const { expected, deviations } = this.#head;
    const lead = (scores[best] as number) - (expected[best] as number);
    const byScore = lead / (deviations[best] as number);
    const byLength = this.surplus(features, best) / reach;
    return Math.min(byScore, byLength) - Math.log1p(Math.exp(-Math.abs(byScore - byLength)));
  }

  /**
   * By how much a sample is longer along the mean of class `c` than samples of that class are.
   * @param features [D]
   */
  surplus(features: Float32Array, c: number): number {
    const start = c * features.length;
    let product = 0;
    let square = 0;
    for (let i = 0; i < features.length; i++) {
      const mean = this.#means[start + i] as number;
      product += mean * (features[i] as number);
      square += mean * mean;
    }
    return product / (Math.sqrt(square) || 1) - (this.#head.reaches[c] as number);
  }

  dispose(): void {
    this.#votes?.dispose();
    this.#backend.dispose(this.#weights, this.#features, this.#scores);
  }
}

/** Place of the highest score. */
export function bestOf(scores: Float32Array): number {
  let best = 0;
  for (let c = 1; c < scores.length; c++) {
    if ((scores[c] as number) > (scores[best] as number)) best = c;
  }
  return best;
}

/** Samples less familiar than this are unknown, unless the user says otherwise. */
export const unknownBelow = 0.05;

/**
 * Typicality on a scale from 0 to 1 that means the same for all models: 5 % of known samples lie
 * below 0.05 and half of them below 0.5, as far as the calibration holds.
 */
export function familiarity(
  typicality: number,
  { middle, spread }: Pick<Calibration, 'middle' | 'spread'>,
): number {
  return 1 / (1 + Math.exp((middle - typicality) / spread));
}
