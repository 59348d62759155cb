/** A report with invented figures. */
import type { ContinualFile, LearnerReport } from '../../sdk/src/continual/continual-report.ts';
import { summarise } from '../../sdk/src/continual/summary.ts';

/** @param classes six names */
export function inventReport(classes: readonly string[]): ContinualFile {
  return {
    machine: {
      processor: 'none',
      cores: 1,
      memoryGiB: 1,
      platform: 'x',
      node: 'v24',
      date: '2026-01-01',
    },
    settings: { data: 'drawn', base: 3 },
    report: {
      data: 'drawn',
      classes,
      samples: { training: 600, test: 100 },
      base: 3,
      increment: 2,
      draws: 2,
      seeds: [
        {
          seed: 0,
          tasks: [classes.slice(0, 3), classes.slice(3, 4), classes.slice(4)],
          networkAccuracy: 0.9,
          featureSize: 10,
        },
      ],
      learners: [learner('one', 0.5), learner('another', null)],
      joint: { network: 0.95, discriminant: 0.97 },
    },
  };
}

function learner(name: string, rejected: number | null): LearnerReport {
  const two = (a: number, b: number) => summarise([a, b]);
  return {
    name,
    note: rejected === null ? null : 'with a threshold',
    mostDecisions: rejected === null ? 50 : null,
    incremental: {
      seen: [two(0.9, 0.8), two(0.8, 0.7), two(0.7, 0.6)],
      averageIncremental: two(0.8, 0.7),
      last: two(0.7, 0.6),
      forgetting: two(0.1, 0.1),
      baseForgetting: two(0.1, 0.2),
      backwardTransfer: two(-0.1, -0.1),
      matrices: [
        [[0.9], [0.8, 0.7], [0.7, 0.6, 0.5]],
        [[0.8], [0.7, 0.7], [0.6, 0.6, 0.5]],
      ],
    },
    fewShot: [
      { shots: 0, all: null, base: two(0.9, 0.8), new: null },
      { shots: 1, all: two(0.5, 0.6), base: two(0.8, 0.8), new: two(0.1, 0) },
      { shots: 5, all: two(0.7, 0.8), base: two(0.8, 0.8), new: two(0.6, 1) },
    ],
    unknown: {
      auroc: two(0.8, 0.9),
      falsePositives: two(0.4, 0.3),
      knownRejected: rejected === null ? null : summarise([rejected]),
      unknownRejected: rejected === null ? null : summarise([1 - rejected]),
      curve: [
        { falsePositives: 0, recall: 0 },
        { falsePositives: 0.2, recall: 0.7 },
        { falsePositives: 1, recall: 1 },
      ],
    },
    cost: {
      learn: 0.1,
      refresh: 2,
      classify: 0.01,
      bytes: 5000,
      bytesPerNewClass: 80,
      learnInBatches: 0.05,
    },
  };
}
