/**
 * A model that decides as one does that learned, without what it learned from: for places that only
 * classify, which then need neither fit a head nor hold any samples' features.
 *
 * Legend: C classes, D features or units.
 */
import type { Backend } from '../backend/backend.ts';
import { type Numbers, toFloat32 } from '../backend/numbers.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { namedStatistics, statisticsOf } from '../format/stored-statistics.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { LayerSpec, TrainableSpec } from '../hff/layer-spec.ts';
import { prototypeOffsets } from '../hff/prototypes.ts';
import type { Head } from '../readout.ts';
import { covarianceDirections } from '../train/covariance-directions.ts';
import { byShare } from './baseless-readout.ts';
import type { ClassTotal } from './class-totals.ts';
import type { Learner } from './learner.ts';
import { withShareOf } from './votes-of.ts';

/** Of a covariance that was learned: what they leave stays as the variance of each feature. */
const mostDirections = 128;

/**
 * @param snapshot of the model, with statistics
 * @param head fitted to all that is known
 * @param classes those of the head, in its order
 * @param learner which has fitted the head
 */
export function frozenSnapshot(
  { spec, weights }: Snapshot,
  head: Head,
  classes: readonly ClassTotal[],
  backend: Backend,
  learner: Learner,
): Snapshot {
  const { statistics } = spec;
  if (!statistics) throw new RangeError('no statistics');
  const layers: LayerSpec[] = [];
  const numbers = new Map<string, Numbers>();
  spec.network.layers.forEach((layer, index) => {
    if (layer.type === 'given') {
      layers.push(layer);
      return;
    }
    for (const key of kindOf(layer).shapes(layer).keys()) {
      const name = `layers.${index}.${key}`;
      numbers.set(name, weights.get(name) as Numbers);
    }
    const [own, prototypes] = prototypesOf(
      layer,
      weights.get(`layers.${index}.prototypes`) as Numbers,
      classes,
    );
    numbers.set(`layers.${index}.prototypes`, prototypes);
    layers.push({ ...layer, prototypes: own });
  });
  const { by } = statistics.calibration;
  const { dimension } = learner.state;
  const rank = by === 'share' ? Math.min(dimension, mostDirections) : statistics.directions;
  // Base training's covariance is better than one with the few samples that came later; without base
  // training there is only that.
  const known = statisticsOf(statistics, weights);
  const base =
    by === 'share' ? covarianceDirections(backend, covarianceOf(learner), dimension, rank) : known;
  const counts = classes.map(({ baseIndices, count }) =>
    baseIndices.reduce((sum, index) => sum + (statistics.counts[index] as number), count),
  );
  const own = { ...base, counts, means: head.means, votes: head.votes };
  const deciding = by === 'share' ? byShare(head) : head;
  return {
    spec: {
      ...spec,
      labels: [...head.labels],
      network: { ...spec.network, layers },
      statistics: { ...withShareOf(head.votes, statistics), counts, directions: rank },
    },
    weights: new Map([...numbers, ...namedStatistics(deciding, own)]),
  };
}

/**
 * Each class with those of its base classes. Where a head decides they count for nothing, so one
 * vector of length 1 will do for a class that was learned later.
 */
function prototypesOf(
  layer: TrainableSpec,
  numbers: Numbers,
  classes: readonly ClassTotal[],
): [perClass: number[], prototypes: Float32Array] {
  const known = toFloat32(numbers);
  const width = kindOf(layer).unitSize(layer);
  const offsets = prototypeOffsets(layer.prototypes);
  const parts = classes.map(({ baseIndices }) =>
    baseIndices.length === 0
      ? [new Float32Array(width).fill(1 / Math.sqrt(width))]
      : baseIndices.map((base) =>
          known.subarray((offsets[base] as number) * width, (offsets[base + 1] as number) * width),
        ),
  );
  const all = parts.flat();
  const joined = new Float32Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    joined.set(part, at);
    at += part.length;
  }
  const perClass = parts.map((own) => own.reduce((sum, { length }) => sum + length, 0) / width);
  return [perClass, joined];
}

/** Mean of (f − μ)(f − μ)ᵀ over all samples, μ the mean of their class, [D, D]. */
function covarianceOf(learner: Learner): Float32Array {
  const { dimension } = learner.state;
  const { triangle, samples } = learner.scatter();
  const full = new Float32Array(dimension * dimension);
  let at = 0;
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (triangle[at++] as number) / samples;
      full[i * dimension + j] = value;
      full[j * dimension + i] = value;
    }
  }
  return full;
}
