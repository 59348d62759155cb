/** Trains the network of a run by its method. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import { beginTraining, loadModel, resumeTraining } from '../../sdk/src/node.ts';
import type { Decider } from '../../sdk/src/train/evaluate.ts';
import type { TrainEvents } from '../../sdk/src/train/train.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { BackPropagation } from '../baselines/back-propagation.ts';
import type { Baseline } from '../baselines/baseline.ts';
import type { BaselineState } from '../baselines/baseline-state.ts';
import { baselineWeights } from '../baselines/baseline-weights.ts';
import { ForwardForward } from '../baselines/forward-forward.ts';
import { LocalCrossEntropy } from '../baselines/local-cross-entropy.ts';
import { trainBaseline } from '../baselines/train-baseline.ts';
import type { RunState } from './run-checkpoint.ts';
import type { Run } from './runs.ts';

export interface Trained {
  readonly network: Decider;
  /** Indices of the layers that it has scores of. */
  readonly layers: readonly number[];
  readonly parameters: number;
  readonly bestEpoch: number;
}

export interface RunEvents extends TrainEvents {
  /** After `onEpoch`, with what the run can be gone on with; awaited. */
  onState(state: () => RunState): Promise<void>;
}

/** Found on MNIST: learning needs a steep loss, and a label that pixels do not drown. */
const forwardForwardOptions = { threshold: 1, scale: 20, labelValue: 5 };

/** @param begun to go on with, of the same method */
export async function trainRun(
  { method, seed }: Run,
  dataset: Dataset,
  plan: TrainingPlan,
  events: RunEvents,
  begun: RunState | null,
): Promise<Trained> {
  if (method === 'hff') return trainHff(dataset, plan, events, begun as Uint8Array | null);
  const backend = new SimdTrainingBackend(await nodeKernels(), await nodeExtraKernels());
  const baseline = createBaseline(backend, method, plan, seed);
  const bestEpoch = await trainBaseline(
    backend,
    baseline,
    dataset,
    plan,
    events,
    begun as BaselineState | null,
  );
  return {
    network: baseline,
    layers: baseline.layers,
    parameters: countNumbers(baseline.parameters),
    bestEpoch,
  };
}

/** Without the running moments of a batch normalisation, which a finished model has no more. */
export function countNumbers(parameters: readonly Parameter[]): number {
  return parameters
    .filter(({ name }) => !/\.(mean|variance)$/.test(name))
    .reduce((sum, { value }) => sum + value.rows * value.columns, 0);
}

async function trainHff(
  dataset: Dataset,
  plan: TrainingPlan,
  events: RunEvents,
  begun: Uint8Array | null,
): Promise<Trained> {
  const training = await (begun ? resumeTraining(dataset, begun) : beginTraining(dataset, plan));
  await training.run({
    ...events,
    onEpoch: async (report) => {
      await events.onEpoch?.(report);
      await events.onState(() => training.checkpoint());
    },
  });
  const best = training.best();
  if (!best?.spec.training) throw new Error('Training diverged: no loss was finite.');
  const { network } = await loadModel(best);
  return {
    network,
    layers: [...network.layers.keys()],
    parameters: countNumbers(network.parameters),
    bestEpoch: best.spec.training.bestEpoch,
  };
}

function createBaseline(
  backend: TrainingBackend,
  method: Exclude<Run['method'], 'hff'>,
  { spec: { network } }: TrainingPlan,
  seed: number,
): Baseline {
  if (method === 'forward-forward') {
    return new ForwardForward(backend, network.layers.map(dense), seed, forwardForwardOptions);
  }
  const weights = baselineWeights(network, seed);
  if (method === 'back-propagation') return new BackPropagation(backend, network, weights);
  return new LocalCrossEntropy(backend, network, weights);
}

function dense(layer: TrainingPlan['spec']['network']['layers'][number]): DenseSpec {
  if (layer.type === 'dense') return layer;
  throw new TypeError('Forward-Forward: expected dense layers alone.');
}
