/**
 * A model's head and the statistics of its base classes as tensors.
 *
 * Legend: B base classes, D features, r directions.
 */
import { type Numbers, toFloat32 } from '../backend/numbers.ts';
import { featureSize, type NetworkWeights } from '../hff/network.ts';
import type { PrototypeVotes } from '../prototype-votes.ts';
import type { Head } from '../readout.ts';
import type { ModelSpec, StatisticsSpec } from './model-spec.ts';
import type { ExpectedTensor } from './stored-weights.ts';

/** None where the model has no statistics. */
export function statisticsTensors({
  labels,
  network,
  statistics,
}: ModelSpec): Map<string, ExpectedTensor> {
  if (!statistics) return new Map();
  const classes = labels.length;
  const size = featureSize(network);
  const plain = (...shape: number[]): ExpectedTensor => ({ shape, quantised: false });
  const exact = (...shape: number[]): ExpectedTensor => ({ shape, quantised: false, exact: true });
  const tensors = new Map([
    ['head.weights', plain(classes, size)],
    ['head.offsets', exact(classes)],
    ['head.expected', exact(classes)],
    ['head.deviations', exact(classes)],
    ['head.reaches', exact(classes)],
    ['statistics.means', plain(classes, size)],
    ['statistics.directions', { shape: [statistics.directions, size], quantised: true }],
    ['statistics.variances', exact(size)],
  ]);
  if (statistics.prototypeShare) tensors.set('statistics.votes', plain(classes, size));
  return tensors;
}

export function headOf({ labels, statistics }: ModelSpec, tensors: NetworkWeights): Head {
  return {
    labels,
    weights: tensors.get('head.weights') as Numbers,
    offsets: floats(tensors, 'head.offsets'),
    expected: floats(tensors, 'head.expected'),
    deviations: floats(tensors, 'head.deviations'),
    means: tensors.get('statistics.means') as Numbers,
    reaches: floats(tensors, 'head.reaches'),
    votes: statistics && storedVotes(statistics, tensors),
  };
}

/** Nothing where the sums alone decide. */
export function storedVotes(
  { prototypeShare }: Pick<StatisticsSpec, 'prototypeShare'>,
  tensors: NetworkWeights,
): PrototypeVotes | undefined {
  if (!prototypeShare) return undefined;
  return { share: prototypeShare, weights: tensors.get('statistics.votes') as Numbers };
}

/** A tensor in float32. */
export function floats(tensors: NetworkWeights, name: string): Float32Array {
  return toFloat32(tensors.get(name) as Numbers);
}
