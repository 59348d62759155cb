/** What a report tells, from the files of the runs. */
import { type Summary, summarise } from '../../../sdk/src/continual/summary.ts';
import type { RunResult, TestAccuracy } from '../run-result.ts';
import { budgets, dataSets, methods, nets, type Run } from '../runs.ts';

/** Runs that compare: of one data set, net and budget. */
export interface Group {
  readonly data: Run['data'];
  readonly net: Run['net'];
  readonly budget: Run['budget'];
  readonly layers: RunResult['layers'];
  readonly samples: RunResult['samples'];
  readonly epochs: number;
  /** In the order of {@link methods}. */
  readonly methods: readonly MethodFigures[];
}

/** Summaries are over the seeds. */
export interface MethodFigures {
  readonly method: Run['method'];
  readonly seeds: readonly number[];
  readonly decision: Summary;
  readonly mirrored: Summary | null;
  readonly tenViews: Summary | null;
  readonly byModel: Summary | null;
  readonly layers: readonly { readonly layer: number; readonly accuracy: Summary }[];
  /** On the samples held back, after each epoch. */
  readonly holdout: readonly { readonly epoch: number; readonly accuracy: Summary }[];
  readonly parameters: number;
  readonly seconds: Summary | null;
  readonly cpuSeconds: Summary | null;
  readonly peakMemoryBytes: Summary | null;
  readonly engineMemoryBytes: Summary | null;
}

/** HFF against Forward-Forward at inference; times are ratios to HFF's. */
export interface InferenceRatio {
  readonly classes: number;
  readonly batch: number;
  readonly oneByOne: string;
  readonly shared: string;
  readonly counted: { readonly oneByOne: number; readonly shared: number };
}

export interface ReproduceReport {
  readonly groups: readonly Group[];
  /** Empty where that was not measured. */
  readonly inference: readonly InferenceRatio[];
  /** Of the runs, in short. */
  readonly machines: readonly string[];
}

export const methodNames: Readonly<Record<Run['method'], string>> = {
  hff: 'HFF',
  'local-cross-entropy': 'local cross-entropy',
  'back-propagation': 'back-propagation',
  'forward-forward': 'Forward-Forward',
};

const dataNames: Readonly<Record<Run['data'], string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  cifar10: 'CIFAR-10',
};

const netNames: Readonly<Record<Run['net'], string>> = {
  dense: 'dense',
  fields: 'dense with receptive fields',
  conv: 'convolutions',
  wide: 'wide convolutions',
};

/** `CIFAR-10, convolutions 48-96-192-384, short`. */
export function groupName({ data, net, layers, budget }: Group): string {
  return `${dataNames[data]}, ${netNames[net]} ${layers.map(sizeName).join('-')}, ${budget}`;
}

/** `64`, or `320:1` for 320 channels without pooling. */
function sizeName(size: RunResult['layers'][number]): string {
  return typeof size === 'number' ? `${size}` : `${size.channels}:${size.pool}`;
}

export function groupRuns(results: readonly RunResult[]): Group[] {
  return dataSets.flatMap((data) =>
    nets.flatMap((net) =>
      budgets.flatMap((budget) => {
        const own = results.filter(
          ({ run }) => run.data === data && run.net === net && run.budget === budget,
        );
        const [first] = own;
        if (!first) return [];
        const { layers, samples, options } = first;
        const figures = methods.flatMap((method) => {
          const runs = own.filter(({ run }) => run.method === method);
          return runs.length > 0 ? [figuresOf(method, runs)] : [];
        });
        return [{ data, net, budget, layers, samples, epochs: options.epochs, methods: figures }];
      }),
    ),
  );
}

/** @param runs of the same group and method, at least one */
function figuresOf(method: Run['method'], runs: readonly RunResult[]): MethodFigures {
  const [first] = runs as [RunResult];
  const accuracyAt =
    (layer: number) =>
    ({ test }: RunResult) =>
      test.layers.find((one) => one.layer === layer)?.accuracy ?? null;
  const holdoutAt =
    (epoch: number) =>
    ({ epochs }: RunResult) =>
      epochs.find((report) => report.epoch === epoch)?.holdoutAccuracy ?? null;
  return {
    method,
    seeds: runs.map(({ run }) => run.seed),
    decision: summarise(runs.map(({ test }) => test.decision)),
    mirrored: over(runs, ({ mirrored }) => decisionOf(mirrored)),
    tenViews: over(runs, ({ tenViews }) => decisionOf(tenViews)),
    byModel: over(runs, ({ modelAccuracy }) => modelAccuracy),
    layers: first.test.layers.map(({ layer }) => ({
      layer,
      accuracy: over(runs, accuracyAt(layer)) as Summary,
    })),
    holdout: Array.from({ length: first.options.epochs }, (_, i) => i + 1).flatMap((epoch) => {
      const accuracy = over(runs, holdoutAt(epoch));
      return accuracy ? [{ epoch, accuracy }] : [];
    }),
    parameters: first.parameters,
    seconds: over(runs, ({ cost }) => cost.seconds),
    cpuSeconds: over(runs, ({ cost }) => cost.cpuSeconds),
    peakMemoryBytes: over(runs, ({ cost }) => cost.peakMemoryBytes),
    engineMemoryBytes: over(runs, ({ cost }) => cost.engineMemoryBytes),
  };
}

function decisionOf(accuracy: TestAccuracy | null | undefined): number | null {
  return accuracy?.decision ?? null;
}

/** Of the runs that have the figure; null where none has. */
function over(
  runs: readonly RunResult[],
  figure: (run: RunResult) => number | null,
): Summary | null {
  const values = runs.map(figure).filter((value) => value !== null);
  return values.length > 0 ? summarise(values) : null;
}
