/** The votes of a base's prototypes for the classes of a head that is fitted later. */
import { toFloat32 } from '../backend/numbers.ts';
import type { StatisticsSpec } from '../format/model-spec.ts';
import type { PrototypeVotes } from '../prototype-votes.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { ClassTotal } from './class-totals.ts';

/**
 * A class of several base classes gets the mean of their votes, one of none has none: a row of zeros.
 * @param classes of the head, in its order
 * @returns nothing where the base has no votes, or none of the classes is of the base
 */
export function votesOf(
  classes: readonly Pick<ClassTotal, 'baseIndices'>[],
  { votes, variances }: BaseStatistics,
): PrototypeVotes | undefined {
  if (!votes || classes.every(({ baseIndices }) => baseIndices.length === 0)) return undefined;
  const known = toFloat32(votes.weights);
  const size = variances.length;
  const weights = new Float32Array(classes.length * size);
  classes.forEach(({ baseIndices }, c) => {
    for (const index of baseIndices) {
      for (let i = 0; i < size; i++) {
        const at = c * size + i;
        weights[at] =
          (weights[at] as number) + (known[index * size + i] as number) / baseIndices.length;
      }
    }
  });
  return { share: votes.share, weights };
}

/** The record of statistics that have these votes, or none. */
export function withShareOf(
  votes: PrototypeVotes | undefined,
  { prototypeShare: _, ...others }: StatisticsSpec,
): StatisticsSpec {
  return votes ? { ...others, prototypeShare: votes.share } : others;
}
