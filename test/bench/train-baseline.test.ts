/** A baseline in the loop that trains HFF: it learns, and ends with the epoch that it chooses. */
import { beforeAll, describe, expect, it } from 'vitest';
import { BackPropagation } from '../../bench/baselines/back-propagation.ts';
import type { Baseline } from '../../bench/baselines/baseline.ts';
import {
  type BaselineState,
  parameterMatrices,
  readNumbers,
} from '../../bench/baselines/baseline-state.ts';
import { baselineWeights } from '../../bench/baselines/baseline-weights.ts';
import { ForwardForward } from '../../bench/baselines/forward-forward.ts';
import { LocalCrossEntropy } from '../../bench/baselines/local-cross-entropy.ts';
import { trainBaseline } from '../../bench/baselines/train-baseline.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { type ChosenEpoch, chooseEpoch } from '../../sdk/src/train/choose-epoch.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';
import { evaluate } from '../../sdk/src/train/evaluate.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import type { EpochReport } from '../../sdk/src/train/train.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { simdTrainingEngine } from '../hff/conv-specs.ts';
import { mnistDigit } from '../support/render-digit.ts';

function drawn(count: number, first: number): Dataset {
  return {
    inputs: Buffer.concat(Array.from({ length: count }, (_, i) => mnistDigit(i % 10, first + i))),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 10),
    classes: [...'0123456789'],
    width: 28,
    height: 28,
    channels: 1,
  };
}

const dataset = drawn(1000, 0);
const test = drawn(200, 5000);

function planOf(units: readonly (number | { channels: number })[], epochs: number): TrainingPlan {
  const fit = { mode: 'cover' } as const;
  const spec = designModel(dataset, {
    name: 'x',
    units,
    prototypes: 1,
    sharpness: 30,
    scale: 20,
    fit,
  });
  const augment = { shift: 1, rotate: 0, zoom: 0, flip: false };
  const rates = { epochs, batchSize: 32, learningRate: 2e-3, warmUp: 10 };
  const options = { ...rates, margin: 0, dropout: 0, noise: 0, augment, seed: 1 };
  return { spec, options, holdoutShare: 0.1, data: 'drawn' };
}

type Make = (backend: TrainingBackend, plan: TrainingPlan) => Baseline;
const localCrossEntropy: Make = (backend, { spec: { network } }) =>
  new LocalCrossEntropy(backend, network, baselineWeights(network, 1));
const backPropagation: Make = (backend, { spec: { network } }) =>
  new BackPropagation(backend, network, baselineWeights(network, 1));
const forwardForward: Make = (backend, { spec: { network } }) =>
  new ForwardForward(backend, network.layers as readonly DenseSpec[], 1, {
    threshold: 1,
    scale: 20,
    labelValue: 5,
  });

const dense = [64, 64];
const conv = [{ channels: 8 }, { channels: 16 }];

describe.each([
  ['local cross-entropy', localCrossEntropy, dense, 6],
  ['local cross-entropy, convolutions', localCrossEntropy, conv, 3],
  ['back-propagation', backPropagation, dense, 6],
  ['back-propagation, convolutions', backPropagation, conv, 3],
  ['Forward-Forward', forwardForward, dense, 30],
] as const)('%s', (_, make, units, epochs) => {
  const plan = planOf(units, epochs);
  const states: BaselineState[] = [];
  const reports: EpochReport[] = [];
  let backend: TrainingBackend;
  let baseline: Baseline;
  let best: number;

  beforeAll(async () => {
    backend = await simdTrainingEngine();
    baseline = make(backend, plan);
    best = await trainBaseline(backend, baseline, dataset, plan, {
      onEpoch: (report) => void reports.push(report),
      onState: (state) => void states.push(state()),
    });
  });

  it('learns drawn digits and ends with the epoch that the rule chooses', () => {
    const { holdout } = splitHoldout(dataset, plan.holdoutShare, 1);
    expect(reports).toHaveLength(epochs);
    const chosen = reports.reduce<ChosenEpoch | null>(
      (before, report) => chooseEpoch(report, before, holdout.labels.length) ?? before,
      null,
    );
    expect(best).toBe(chosen?.epoch);
    const { accuracy } = evaluate(baseline, holdout, plan.spec.input, null);
    expect(accuracy).toBe(reports[best - 1]?.holdoutAccuracy);
    expect(evaluate(baseline, test, plan.spec.input, null).accuracy).toBeGreaterThan(0.7);
  });

  it('goes on from any epoch to the same numbers', async () => {
    const another = make(backend, plan);
    const begun = states[epochs - 3] as BaselineState;
    const bestOfAnother = await trainBaseline(backend, another, dataset, plan, {}, begun);
    expect(bestOfAnother).toBe(best);
    const numbers = (of: Baseline) => readNumbers(backend, parameterMatrices(of));
    expect(numbers(another)).toEqual(numbers(baseline));
  });
});
