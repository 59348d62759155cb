/**
 * After training: what a model's frozen layers make of its training samples, in sums, and the head and
 * the calibration that follow. With these in its file a model can go on learning anywhere.
 */
import type { Backend } from '../backend/backend.ts';
import type { SymmetricBackend } from '../backend/symmetric.ts';
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import { HffError } from '../error.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { namedStatistics } from '../format/stored-statistics.ts';
import { prepareLayers } from '../hff/layer-kinds.ts';
import { featureSize, Network } from '../hff/network.ts';
import type { BaseStatistics } from '../learn/base-statistics.ts';
import { LearnedState } from '../learn/learned-state.ts';
import { Learner } from '../learn/learner.ts';
import { type Head, Readout } from '../readout.ts';
import { calibrate, type LabelledFeatures } from './calibrate.ts';
import { covarianceDirections } from './covariance-directions.ts';
import { countDecided } from './evaluate.ts';
import { prototypeVotes } from './prototype-votes.ts';

/** Directions that are kept: 256 lose less than 0.1 points where all classes are learned later. */
const mostDirections = 256;

/** Ridges that are tried on the samples held back: features that fit their training samples closely want more. */
const ridges = [0.01, 0.03, 0.1, 0.3, 1] as const;

const batchSize = 256;

/** Longest time in ms that measuring keeps the event loop waiting. */
const turnMilliseconds = 100;

/**
 * @param symmetric of the same engine
 * @param snapshot of the layers as they will be stored: rounded ones have features of their own
 * @param training samples with labels in the order of the model's, at least one of each class
 * @param holdout samples that training did not see, for the calibration
 * @param onProgress hears the share of samples that are done
 * @returns the snapshot with head and statistics
 * @throws HffError `data/labels` for a class without samples
 */
export async function measureStatistics(
  backend: Backend,
  symmetric: SymmetricBackend,
  { spec, weights }: Snapshot,
  training: Dataset,
  holdout: Dataset,
  onProgress: (share: number) => void = () => {},
): Promise<Snapshot> {
  await prepareLayers(backend, spec.network);
  const network = new Network(backend, spec.network, weights);
  const dimension = featureSize(spec.network);
  const classes = spec.labels.length;
  const scatter = symmetric.matrix(dimension);
  const rows = backend.matrix(1, dimension);
  const counts = new Array<number>(classes).fill(0);
  const sums = new Float64Array(classes * dimension);
  let done = 0;
  for await (const { features, labels } of featuresOf(network, training, spec.input)) {
    backend.write(rows, features, labels.length);
    symmetric.addOuter(scatter, rows, 1);
    labels.forEach((label, n) => {
      counts[label] = (counts[label] as number) + 1;
      for (let i = 0; i < dimension; i++) {
        const at = label * dimension + i;
        sums[at] = (sums[at] as number) + (features[n * dimension + i] as number);
      }
    });
    done += labels.length;
    onProgress(done / training.labels.length);
  }
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new HffError(
      'data/labels',
      `class "${spec.labels[empty]}": expected at least one sample, got none. Statistics need some of each class.`,
    );
  }
  const means = sums.map((sum, at) => sum / (counts[Math.floor(at / dimension)] as number));
  const roots = means.map(
    (mean, at) => mean * Math.sqrt(counts[Math.floor(at / dimension)] as number),
  );
  symmetric.addOuter(scatter, roots, -1);
  const covariance = fullMatrix(symmetric.triangle(scatter), dimension, 1 / training.labels.length);
  symmetric.dispose(scatter);
  const directions = Math.min(mostDirections, dimension);
  const measured = {
    counts,
    means: Float32Array.from(means),
    ...covarianceDirections(backend, covariance, dimension, directions),
  };
  const held: LabelledFeatures[] = [];
  for await (const batch of featuresOf(network, holdout, spec.input)) held.push(batch);
  network.dispose();
  const fit = <Base extends BaseStatistics>(base: Base) => {
    const head = fitBase(backend, symmetric, base, spec.labels, dimension);
    return { base, head, readout: new Readout(backend, head, dimension) };
  };
  const bySums = bestBase(held, (ridge) => fit({ ...measured, ridge }));
  const { ridge } = bySums.base;
  const votes = prototypeVotes(spec.network, weights, bySums.head, held);
  const fitted = votes ? fit({ ...bySums.base, votes }) : bySums;
  const calibration = calibrate(fitted.readout, held);
  for (const { readout } of new Set([bySums, fitted])) readout.dispose();
  const statistics = {
    counts,
    directions,
    ridge,
    ...(votes && { prototypeShare: votes.share }),
    calibration,
  };
  return {
    spec: { ...spec, statistics },
    weights: new Map([...weights, ...namedStatistics(fitted.head, fitted.base)]),
  };
}

/** Of the ridges that one whose head decides most of the samples rightly, the smallest of them. */
function bestBase<Fitted extends { readonly readout: Readout }>(
  held: readonly LabelledFeatures[],
  fit: (ridge: number) => Fitted,
): Fitted {
  const rightOf = ({ readout }: Fitted): number =>
    held.reduce((sum, { features, labels }) => {
      const scores = readout.scores(features, labels.length);
      return sum + countDecided(scores, labels, readout.labels.length);
    }, 0);
  const [first, ...others] = ridges;
  let best = fit(first);
  let most = rightOf(best);
  for (const ridge of others) {
    const fitted = fit(ridge);
    const right = rightOf(fitted);
    (right > most ? best : fitted).readout.dispose();
    if (right <= most) continue;
    best = fitted;
    most = right;
  }
  return best;
}

/** The head as a device has it that has learned nothing yet. */
function fitBase(
  backend: Backend,
  symmetric: SymmetricBackend,
  base: BaseStatistics,
  labels: readonly string[],
  dimension: number,
): Head {
  const state = new LearnedState({ dimension, fingerprint: '', replica: '', base: labels });
  const learner = new Learner(backend, symmetric, base, state);
  const head = learner.fit() as Head;
  learner.dispose();
  return head;
}

async function* featuresOf(
  network: Network,
  dataset: Dataset,
  input: Snapshot['spec']['input'],
): AsyncGenerator<LabelledFeatures> {
  let turnStarted = performance.now();
  for (let start = 0; start < dataset.labels.length; start += batchSize) {
    const length = Math.min(batchSize, dataset.labels.length - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const { inputs, labels } = gatherBatch(dataset, input, indices);
    yield { features: network.features(inputs, length), labels };
    if (performance.now() - turnStarted > turnMilliseconds) {
      await new Promise((resolve) => setTimeout(resolve));
      turnStarted = performance.now();
    }
  }
}

/** A triangle times `factor`, as all of its matrix. */
function fullMatrix(triangle: Float64Array, order: number, factor: number): Float32Array {
  const full = new Float32Array(order * order);
  let at = 0;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const value = factor * (triangle[at++] as number);
      full[i * order + j] = value;
      full[j * order + i] = value;
    }
  }
  return full;
}
