/** The figures of `hff continual` as tables on the terminal. */
import type { ContinualReport } from '../continual/continual-report.ts';
import type { Summary } from '../continual/summary.ts';
import { table } from './format.ts';

export function continualTables(report: ContinualReport): string {
  const { base, increment, classes, seeds, draws, joint } = report;
  return [
    `class-incremental B-${base} Inc-${increment} of ${classes.length} classes, one pass, ${seeds.length} seeds, %`,
    table(incrementalRows(report)),
    `joint training: prototypes ${percent(joint.network)}, streaming LDA ${percent(joint.discriminant)}`,
    `\nfew samples per new class, ${draws} draws per seed: all / base / new classes, %`,
    table(fewShotRows(report)),
    '\nunknown classes, %',
    table(unknownRows(report)),
    '\ncost of one sample of a new class',
    table(costRows(report)),
  ].join('\n');
}

function incrementalRows({ learners }: ContinualReport): string[][] {
  return [
    ['', 'average', 'last', 'forgetting', 'of base', 'transfer', 'calibration error'],
    ...learners.map(({ name, incremental }) => {
      const { averageIncremental, last, forgetting, baseForgetting, backwardTransfer } =
        incremental;
      const cells = [averageIncremental, last, forgetting, baseForgetting, backwardTransfer];
      const { calibrationError } = incremental;
      const calibrated = calibrationError ? withDeviation(calibrationError) : '–';
      return [name, ...cells.map(withDeviation), calibrated];
    }),
  ];
}

function fewShotRows({ learners }: ContinualReport): string[][] {
  const shots = learners[0]?.fewShot.map((few) => `${few.shots}`) ?? [];
  return [
    ['', ...shots],
    ...learners.map(({ name, fewShot }) => [
      name,
      ...fewShot.map(({ all, base, new: added }) =>
        [all, base, added].map((summary) => (summary ? withDeviation(summary) : '–')).join(' / '),
      ),
    ]),
  ];
}

function unknownRows({ learners }: ContinualReport): string[][] {
  return [
    ['', 'AUROC', 'accepted at 95 % recall', 'known rejected', 'unknown rejected'],
    ...learners.map(({ name, unknown }) => {
      const { auroc, falsePositives, knownRejected, unknownRejected } = unknown;
      const cells = [auroc, falsePositives, knownRejected, unknownRejected];
      return [name, ...cells.map((summary) => (summary ? withDeviation(summary) : '–'))];
    }),
  ];
}

function costRows({ learners }: ContinualReport): string[][] {
  return [
    ['', 'learn, ms', 'refresh, ms', 'classify, ms', 'kB per class', 'kB in all'],
    ...learners.map(({ name, cost }) => [
      name,
      cost.learn.toFixed(3),
      cost.refresh.toFixed(2),
      cost.classify.toFixed(3),
      (cost.bytesPerNewClass / 1000).toFixed(1),
      (cost.bytes / 1000).toFixed(0),
    ]),
  ];
}

function withDeviation({ mean, deviation, values }: Summary): string {
  return values.length > 1 ? `${percent(mean)} ± ${percent(deviation)}` : percent(mean);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
