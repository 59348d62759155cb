/**
 * Decisions of a model without base classes. There no samples were held back to calibrate with, so
 * scores are put on scales that follow from the head: the score h that it expects of a class's own
 * samples. Measured on the pixels of MNIST and Fashion-MNIST and on features of both, 2 to 10 classes
 * of 1 to 300 samples (`docs/knn.md`).
 */
import { type Calibration, Readout } from '../readout.ts';

/**
 * Sharpness in units of the mean of h; the share of the way to a class with a familiarity of 0.5, and
 * further for each factor of e in its odds.
 */
export const baselessCalibration: Calibration = {
  sharpness: 2.5,
  reach: 1,
  middle: 0.8,
  spread: 0.17,
};

export class BaselessReadout extends Readout {
  /**
   * How much of the way from the mean of all classes to the best class's own a sample goes: a score is
   * −h at the one and h at the other.
   */
  override typicality(scores: Float32Array): number {
    let best = 0;
    for (let c = 1; c < scores.length; c++) {
      if ((scores[c] as number) > (scores[best] as number)) best = c;
    }
    const expected = this.expected[best] as number;
    return expected > 0 ? ((scores[best] as number) + expected) / (2 * expected) : 1;
  }
}
