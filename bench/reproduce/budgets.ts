/** How much is spent on a run. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { limitPerClass } from '../../sdk/src/data/limit-per-class.ts';
import type { Run } from './runs.ts';

interface Budget {
  readonly epochs: number;
  /** Samples of each class to learn from, drawn by the run's seed; all where it is missing. */
  readonly perClass?: number;
  /** Of the test set. */
  readonly testPerClass?: number;
  /** Steps in which the rate of convolutions grows. */
  readonly warmUp: number;
}

const warmUp = 200;

const wideEpochs = 25;
const longEpochs = 30;
const fullEpochs = {
  mnist: { dense: 10, fields: 20, conv: 20 },
  'fashion-mnist': { dense: 10, fields: 20, conv: 16 },
  cifar10: { dense: 10, fields: 20, conv: 14 },
} as const;

export function budgetOf({ data, net, budget }: Run): Budget {
  if (net === 'wide') return { epochs: wideEpochs, warmUp };
  if (budget === 'long') return { epochs: longEpochs, warmUp };
  if (budget === 'full') return { epochs: fullEpochs[data][net], warmUp };
  if (budget === 'short') return { epochs: 5, perClass: 2500, warmUp };
  return { epochs: 2, perClass: 300, testPerClass: 100, warmUp: 10 };
}

/** The samples to learn from. */
export function trainingPart(dataset: Dataset, run: Run): Dataset {
  const { perClass } = budgetOf(run);
  return perClass ? limitPerClass(dataset, perClass, run.seed) : dataset;
}

/** The samples to be tested with: the same for all runs of a budget. */
export function testPart(dataset: Dataset, run: Run): Dataset {
  const { testPerClass } = budgetOf(run);
  return testPerClass ? limitPerClass(dataset, testPerClass, 1) : dataset;
}
