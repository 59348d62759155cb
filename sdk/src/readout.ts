/**
 * The decision over all classes, those of base training and those learned since, in one product of a
 * matrix with a sample's features:  score_c = w_c · f + offset_c.  Where the numbers come from is the
 * business of `learn/fit-head.ts`.
 *
 * Legend: N samples, C classes, D features.
 */
import type { Backend, Matrix } from './backend/backend.ts';
import type { Numbers } from './backend/numbers.ts';

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
}

/** What makes scores probabilities and typical samples familiar; from samples held back in training. */
export interface Calibration {
  /** Factor of the scores in the softmax, times the mean expected score of the head, > 0. */
  readonly sharpness: number;
  /** How many deviations from its expected score the median known sample has. */
  readonly middle: number;
  /** Deviations that change the odds of being known by a factor of e, > 0. */
  readonly spread: number;
}

/** A head in an engine. */
export class Readout {
  readonly labels: readonly string[];
  readonly #backend: Backend;
  readonly #head: Head;
  readonly #weights: Matrix;
  readonly #features: Matrix;
  readonly #scores: Matrix;
  readonly #meanExpected: number;

  constructor(backend: Backend, head: Head, dimension: number) {
    this.labels = head.labels;
    this.#backend = backend;
    this.#head = head;
    const { expected } = head;
    this.#meanExpected = expected.reduce((sum, score) => sum + score, 0) / expected.length;
    this.#weights = backend.load(head.weights, head.labels.length, dimension);
    this.#features = backend.matrix(1, dimension);
    this.#scores = backend.matrix(1, head.labels.length);
  }

  get isFinite(): boolean {
    const { offsets, expected, deviations } = this.#head;
    return (
      this.#backend.allFinite(this.#weights) &&
      [offsets, expected, deviations].every((numbers) => numbers.every(Number.isFinite))
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
    return scores;
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
   * How typical a sample is of its best class, in standard deviations from that class's expected
   * score: about 0 for its own samples, strongly negative for what belongs to no class.
   * @param scores of one sample, [C]
   */
  typicality(scores: Float32Array): number {
    let best = 0;
    for (let c = 1; c < scores.length; c++) {
      if ((scores[c] as number) > (scores[best] as number)) best = c;
    }
    const { expected, deviations } = this.#head;
    return ((scores[best] as number) - (expected[best] as number)) / (deviations[best] as number);
  }

  dispose(): void {
    this.#backend.dispose(this.#weights, this.#features, this.#scores);
  }
}

/** Samples less familiar than this are unknown, unless the user says otherwise. */
export const unknownBelow = 0.05;

/**
 * Typicality on a scale from 0 to 1 that means the same for all models: 5 % of known samples lie
 * below 0.05 and half of them below 0.5, as far as the calibration holds.
 */
export function familiarity(typicality: number, { middle, spread }: Calibration): number {
  return 1 / (1 + Math.exp((middle - typicality) / spread));
}
