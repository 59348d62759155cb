/** From scores to what `predictClass` answers. */
import type { Backend } from '../backend/backend.ts';
import { BaselessReadout, baselessCalibration } from '../learn/baseless-readout.ts';
import { rankClasses } from '../rank-classes.ts';
import { familiarity, type Head, unknownBelow } from '../readout.ts';
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

export class Decider {
  /** Of the state that the head was fitted to. */
  readonly version: number;
  readonly #readout: BaselessReadout;

  constructor(backend: Backend, head: Head, dimension: number, version: number) {
    this.version = version;
    this.#readout = new BaselessReadout(backend, head, dimension);
  }

  /** @param row one input at length 1, [D] */
  decide(row: Float32Array, indices: ClassIndices): Prediction {
    const { labels } = this.#readout;
    const scores = this.#readout.scores(row, 1);
    const sharpness = this.#readout.sharpness(baselessCalibration);
    const ranking = rankClasses(scores, labels, sharpness, labels.length);
    const known = familiarity(this.#readout.typicality(scores), baselessCalibration);
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
}
