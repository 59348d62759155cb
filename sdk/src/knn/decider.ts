/**
 * From scores to what `predictClass` answers. Without base training no samples are held back, so
 * scores are put on scales that follow from the head: the score h that it expects of a class's own
 * examples. Measured on the pixels of MNIST and Fashion-MNIST and on features of both, 2 to 10
 * classes of 1 to 300 examples (`docs/knn.md`).
 */
import type { Backend } from '../backend/backend.ts';
import { rankClasses } from '../rank-classes.ts';
import { type Calibration, familiarity, type Head, Readout, unknownBelow } from '../readout.ts';
import type { ClassIndices } from './class-indices.ts';

export interface Prediction {
  /** The class with the highest confidence. */
  readonly label: string;
  /** Its place in the order in which classes were first added, from 0. */
  readonly classIndex: number;
  /** By label, 0 to 1; their sum is 1. */
  readonly confidences: Readonly<Record<string, number>>;
  /** How much of the way from the mean of all classes to the label's own the input goes, 0 to 1. */
  readonly familiarity: number;
  /** Whether that is so little that the input may well be of no class: a familiarity below 0.05. */
  readonly unknown: boolean;
}

/** Sharpness of the softmax in units of the mean of h; larger is surer. */
const meanLead = 2.5;

/** Shares of the way with a familiarity of 0.5, and further for each factor of e in its odds. */
const [middleShare, spreadShare] = [0.8, 0.17];

export class Decider {
  /** Of the state that the head was fitted to. */
  readonly version: number;
  readonly #readout: Readout;
  readonly #expected: Float32Array;
  readonly #calibration: Omit<Calibration, 'reach'>;

  constructor(backend: Backend, head: Head, dimension: number, version: number) {
    this.version = version;
    this.#readout = new Readout(backend, head, dimension);
    this.#expected = head.expected;
    this.#calibration = { sharpness: meanLead, middle: middleShare, spread: spreadShare };
  }

  /** @param row one input at length 1, [D] */
  decide(row: Float32Array, indices: ClassIndices): Prediction {
    const { labels } = this.#readout;
    const scores = this.#readout.scores(row, 1);
    const sharpness = this.#readout.sharpness(this.#calibration);
    const ranking = rankClasses(scores, labels, sharpness, labels.length);
    const best = labels.indexOf(ranking.label);
    const share = this.#shareOf(scores[best] as number, this.#expected[best] as number);
    const known = familiarity(share, this.#calibration);
    return {
      label: ranking.label,
      classIndex: indices.of(ranking.label),
      confidences: indices.record(ranking.scores.map(({ label, score }) => [label, score])),
      familiarity: known,
      unknown: known < unknownBelow,
    };
  }

  dispose(): void {
    this.#readout.dispose();
  }

  /** A score is −h at the mean of all classes and h at the class's own. */
  #shareOf(score: number, expected: number): number {
    return expected > 0 ? (score + expected) / (2 * expected) : 1;
  }
}
