/**
 * What the prototypes of base training say in a decision by sums. Layers are trained until their
 * prototypes tell the classes of the base apart; sums know only where these classes lie. So among these
 * classes both decide, and whether a sample is of one of them at all, the sums:
 *
 *   b_c = (1 − a) s_c + a E v_c · f,  score_c = b_c − max b + max s     over the classes with votes
 *
 * with s the scores by sums, a the prototypes' share and E the mean score that the sums expect of these
 * classes' own samples: a head's scores shrink as its classes come nearer to each other, and the votes
 * with them. Where the numbers come from is the business of `train/prototype-votes.ts`.
 *
 * Legend: N samples, C classes, D features.
 */
import type { Backend, Matrix } from './backend/backend.ts';
import { type Numbers, toFloat32 } from './backend/numbers.ts';

export interface PrototypeVotes {
  /** a, above 0 to 1. */
  readonly share: number;
  /** v, [C, D]; zeros for classes that the base does not know. */
  readonly weights: Numbers;
}

/** Votes in an engine. */
export class Votes {
  readonly #backend: Backend;
  readonly #weights: Matrix;
  readonly #votes: Matrix;
  readonly #share: number;
  /** a E. */
  readonly #factor: number;
  /** Places of the classes that have votes. */
  readonly #known: readonly number[];

  /** @param expected of the head, [C] */
  constructor(backend: Backend, { share, weights }: PrototypeVotes, expected: Float32Array) {
    const classes = expected.length;
    const numbers = toFloat32(weights);
    const size = numbers.length / classes;
    const known = [...expected.keys()].filter((c) =>
      numbers.subarray(c * size, (c + 1) * size).some((value) => value !== 0),
    );
    this.#backend = backend;
    this.#share = share;
    this.#known = known;
    const sum = known.reduce((total, c) => total + (expected[c] as number), 0);
    this.#factor = (share * sum) / Math.max(1, known.length);
    this.#weights = backend.load(weights, classes, size);
    this.#votes = backend.matrix(1, classes);
  }

  get isFinite(): boolean {
    return this.#backend.allFinite(this.#weights);
  }

  /**
   * @param scores by sums, [N, C]; those of the classes with votes are overwritten
   * @param features [N, D], in the same engine
   */
  join(scores: Float32Array, features: Matrix): void {
    this.#backend.multiply(this.#votes, features, this.#weights, 'right');
    const votes = this.#backend.read(this.#votes);
    const classes = this.#weights.rows;
    for (let start = 0; start < scores.length; start += classes) {
      let [bySums, byBoth] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const c of this.#known) {
        const sum = scores[start + c] as number;
        const both = (1 - this.#share) * sum + this.#factor * (votes[start + c] as number);
        scores[start + c] = both;
        bySums = Math.max(bySums, sum);
        byBoth = Math.max(byBoth, both);
      }
      for (const c of this.#known) {
        scores[start + c] = (scores[start + c] as number) - byBoth + bySums;
      }
    }
  }

  dispose(): void {
    this.#backend.dispose(this.#weights, this.#votes);
  }
}
