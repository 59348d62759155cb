/** How well a familiarity parts known samples from unknown ones. Known samples are the positives. */
import { HffError } from '../error.ts';

export interface RocPoint {
  /** Share of unknown samples taken for known, 0 to 1. */
  readonly falsePositives: number;
  /** Share of known samples taken for known, 0 to 1. */
  readonly recall: number;
}

/**
 * All points of the curve, from (0, 0) to (1, 1): one per distinct familiarity, so that equal ones
 * are accepted together.
 * @param known at least one
 * @param unknown at least one
 * @throws HffError `input/not-finite` for NaN, which has no place in an order
 */
export function rocCurve(known: Float32Array, unknown: Float32Array): RocPoint[] {
  if (known.some(Number.isNaN) || unknown.some(Number.isNaN)) {
    throw new HffError(
      'input/not-finite',
      'familiarity: expected numbers, got NaN. The learner that gave it is at fault.',
    );
  }
  const familiar = known.toSorted().reverse();
  const strange = unknown.toSorted().reverse();
  const points: RocPoint[] = [{ falsePositives: 0, recall: 0 }];
  let k = 0;
  let u = 0;
  while (k < familiar.length || u < strange.length) {
    const threshold = Math.max(
      familiar[k] ?? Number.NEGATIVE_INFINITY,
      strange[u] ?? Number.NEGATIVE_INFINITY,
    );
    while (k < familiar.length && (familiar[k] as number) >= threshold) k++;
    while (u < strange.length && (strange[u] as number) >= threshold) u++;
    points.push({ falsePositives: u / strange.length, recall: k / familiar.length });
  }
  return points;
}

/**
 * Area under the curve: the probability that a known sample is more familiar than an unknown one,
 * ties counted half.
 */
export function areaUnder(curve: readonly RocPoint[]): number {
  let area = 0;
  for (let i = 1; i < curve.length; i++) {
    const from = curve[i - 1] as RocPoint;
    const to = curve[i] as RocPoint;
    area += ((to.falsePositives - from.falsePositives) * (from.recall + to.recall)) / 2;
  }
  return area;
}

/** Least share of unknown samples accepted by a threshold that accepts `recall` of the known. */
export function falsePositivesAt(curve: readonly RocPoint[], recall: number): number {
  const point = curve.find((candidate) => candidate.recall >= recall);
  return (point as RocPoint).falsePositives;
}

/** Up to about `most` points that are drawn like the whole curve. */
export function thinned(curve: readonly RocPoint[], most: number): RocPoint[] {
  const step = 1 / most;
  let kept: RocPoint | undefined;
  return curve.filter((point, i) => {
    const far =
      !kept ||
      point.falsePositives - kept.falsePositives >= step ||
      point.recall - kept.recall >= step;
    if (!far && i < curve.length - 1) return false;
    kept = point;
    return true;
  });
}
