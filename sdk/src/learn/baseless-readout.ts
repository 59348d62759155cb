/**
 * Decisions of a model that began without base classes. No samples were held back to calibrate with, so
 * scores are put on scales that follow from the head: the score h that it expects of a class's own
 * samples. Measured on the pixels of MNIST and Fashion-MNIST and on features of both, 2 to 10 classes
 * of 1 to 300 samples (`docs/knn.md`).
 */
import { bestOf, type Calibration, type Head, Readout } from '../readout.ts';

/**
 * Sharpness in units of the mean of h; what lacks to the whole way to a class at a familiarity of 0.5,
 * and more for each factor of e in its odds.
 */
export const baselessCalibration: Calibration = {
  sharpness: 2.5,
  reach: 1,
  middle: -0.2,
  spread: 0.17,
  by: 'share',
};

export class BaselessReadout extends Readout {
  /**
   * What a sample lacks, as 0 or less, to the whole way from the mean of all classes to the best class's
   * own: a score is −h at the one and h at the other.
   */
  override typicality(scores: Float32Array): number {
    const best = bestOf(scores);
    const expected = this.expected[best] as number;
    return expected > 0 ? ((scores[best] as number) - expected) / (2 * expected) : 0;
  }
}

/** Longer than any sample along the mean of its class: where lengths do not count. */
const farthest = 1e6;

/** The same decisions by the typicality of other heads: with 2 h as deviation and no say of lengths. */
export function byShare(head: Head): Head {
  return {
    ...head,
    deviations: head.expected.map((expected) => (expected > 0 ? 2 * expected : 1)),
    reaches: head.reaches.map(() => -farthest),
  };
}
