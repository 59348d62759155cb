/** The statistics of a model's base classes from its tensors, and to them with its head. */
import type { Numbers } from '../backend/numbers.ts';
import type { NetworkWeights } from '../hff/network.ts';
import type { BaseStatistics } from '../learn/base-statistics.ts';
import type { Head } from '../readout.ts';
import type { StatisticsSpec } from './model-spec.ts';
import { floats, storedVotes } from './statistics-tensors.ts';

export function statisticsOf(
  statistics: Pick<StatisticsSpec, 'counts' | 'ridge' | 'prototypeShare'>,
  tensors: NetworkWeights,
): BaseStatistics {
  return {
    counts: statistics.counts,
    ridge: statistics.ridge,
    means: tensors.get('statistics.means') as Numbers,
    directions: tensors.get('statistics.directions') as Numbers,
    variances: floats(tensors, 'statistics.variances'),
    votes: storedVotes(statistics, tensors),
  };
}

export function namedStatistics(head: Head, base: BaseStatistics): Map<string, Numbers> {
  const tensors = new Map<string, Numbers>([
    ['head.weights', head.weights],
    ['head.offsets', head.offsets],
    ['head.expected', head.expected],
    ['head.deviations', head.deviations],
    ['head.reaches', head.reaches],
    ['statistics.means', base.means],
    ['statistics.directions', base.directions],
    ['statistics.variances', base.variances],
  ]);
  if (base.votes) tensors.set('statistics.votes', base.votes.weights);
  return tensors;
}
