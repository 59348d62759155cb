/** The votes of a base's prototypes for the classes of a head that is fitted later. */
import { toFloat32 } from '../backend/numbers.ts';
import type { StatisticsSpec } from '../format/model-spec.ts';
import type { PrototypeVotes } from '../prototype-votes.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { ClassTotal } from './class-totals.ts';

/**
 * A class of several base classes gets the mean of their votes, one of none has none: a row of zeros.
 * The prototypes have seen the samples of the base alone: the more of its classes is learned here, the
 * less is their share.
 * @param classes of the head, in its order, with how many samples of each were learned
 * @returns nothing where none of the classes has votes
 */
export function votesOf(
  classes: readonly Pick<ClassTotal, 'baseIndices' | 'count'>[],
  { votes, variances, counts }: BaseStatistics,
): PrototypeVotes | undefined {
  if (!votes) return undefined;
  const known = toFloat32(votes.weights);
  const size = variances.length;
  const rowOf = (index: number): Float32Array => known.subarray(index * size, (index + 1) * size);
  const weights = new Float32Array(classes.length * size);
  let [ofBase, learned] = [0, 0];
  classes.forEach(({ baseIndices, count }, c) => {
    // The base of a frozen copy has classes that were learned.
    const voting = baseIndices.filter((index) => rowOf(index).some((value) => value !== 0));
    if (voting.length > 0) learned += Math.max(0, count);
    for (const index of voting) {
      ofBase += counts[index] as number;
      rowOf(index).forEach((value, i) => {
        const at = c * size + i;
        weights[at] = (weights[at] as number) + value / voting.length;
      });
    }
  });
  if (ofBase === 0) return undefined;
  return { share: (votes.share * ofBase) / (ofBase + learned), weights };
}

/** The record of statistics that have these votes, or none. */
export function withShareOf(
  votes: PrototypeVotes | undefined,
  { prototypeShare: _, ...others }: StatisticsSpec,
): StatisticsSpec {
  return votes ? { ...others, prototypeShare: votes.share } : others;
}
