/**
 * What the prototypes of base training tell apart better than a head of sums does, added to each head that
 * is fitted (`train/prototype-corrections.ts` makes it):
 *
 *   w_c ← w_c + Δ_c,  score_c(f) ← score_c(f) + Δ_c · f + δ_c
 *
 * Over the base classes Δ and δ sum to zero, so that on average nothing is taken from classes that are
 * learned later. A class of several base classes gets the mean of theirs, one of none nothing.
 *
 * Legend: B base classes, C classes, D features, r directions.
 */
import { toFloat32 } from '../backend/numbers.ts';
import { HffError } from '../error.ts';
import type { Head } from '../readout.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { ClassTotal } from './class-totals.ts';

type Classes = readonly Pick<ClassTotal, 'baseIndices'>[];

/**
 * Δ and δ of classes, [C, D + 1].
 * @returns nothing where the base has none
 */
export function correctionsOf(
  classes: Classes,
  { corrections, variances }: BaseStatistics,
): Float32Array | undefined {
  if (!corrections) return undefined;
  const known = toFloat32(corrections);
  const width = variances.length + 1;
  const own = new Float32Array(classes.length * width);
  classes.forEach(({ baseIndices }, c) => {
    for (const index of baseIndices) {
      for (let i = 0; i < width; i++) {
        const at = c * width + i;
        own[at] = (own[at] as number) + (known[index * width + i] as number) / baseIndices.length;
      }
    }
  });
  return own;
}

/**
 * @param classes of the head, in its order
 * @returns the same head where the base has no corrections
 * @throws HffError `snapshot/not-finite` where they take the head's sums out of float32
 */
export function correctHead(head: Head, classes: Classes, base: BaseStatistics): Head {
  const corrections = correctionsOf(classes, base);
  if (!corrections) return head;
  const { variances } = base;
  const size = variances.length;
  const directions = toFloat32(base.directions);
  const means = toFloat32(head.means);
  const weights = toFloat32(head.weights).slice();
  const [offsets, expected, deviations] = [
    head.offsets.slice(),
    head.expected.slice(),
    head.deviations.slice(),
  ];
  classes.forEach(({ baseIndices }, c) => {
    if (!baseIndices.length) return;
    const weight = weights.subarray(c * size, (c + 1) * size);
    const correction = corrections.subarray(c * (size + 1), (c + 1) * (size + 1));
    const shift = correction[size] as number;
    const score = dot(means.subarray(c * size), correction, size) + shift;
    offsets[c] = (offsets[c] as number) + shift;
    expected[c] = (expected[c] as number) + score;
    for (let i = 0; i < size; i++) weight[i] = (weight[i] as number) + (correction[i] as number);
    // wᵀ Σ w, by the covariance of the base.
    let variance = dot(
      variances,
      weight.map((value) => value * value),
      size,
    );
    for (let start = 0; start < directions.length; start += size) {
      variance += dot(directions.subarray(start), weight, size) ** 2;
    }
    deviations[c] = Math.sqrt(Math.max(variance, 1e-12));
  });
  if ([weights, offsets, expected, deviations].every((numbers) => numbers.every(Number.isFinite))) {
    return { ...head, weights, offsets, expected, deviations };
  }
  throw new HffError(
    'snapshot/not-finite',
    'statistics.corrections: expected a head of finite numbers with them, got NaN or an infinity. The model is damaged.',
  );
}

/** Of the first `size` numbers of both. */
function dot(a: Float32Array, b: Float32Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
