/** One learner's results over all seeds. */
import type { LearnerReport } from './continual-report.ts';
import type { LearnerKind } from './feature-learner.ts';
import type { FewShotDraw } from './protocols/few-shot.ts';
import type { LearnerResults } from './protocols/run-protocols.ts';
import { type Summary, summarise } from './summary.ts';

/** @param results of each seed, at least one */
export function summariseLearner(
  { name, note, mostDecisions }: LearnerKind,
  results: readonly LearnerResults[],
): LearnerReport {
  const over = (measure: (result: LearnerResults) => number): Summary =>
    summarise(results.map(measure));
  const [first] = results as readonly [LearnerResults];
  const tasks = first.incremental.matrix.length;
  return {
    name,
    note: note ?? null,
    mostDecisions: mostDecisions ?? null,
    incremental: {
      seen: Array.from({ length: tasks }, (_, i) => over((r) => r.incremental.seen[i] as number)),
      averageIncremental: over((r) => r.incremental.averageIncremental),
      last: over((r) => r.incremental.last),
      forgetting: over((r) => r.incremental.forgetting),
      baseForgetting: over((r) => r.incremental.baseForgetting),
      backwardTransfer: over((r) => r.incremental.backwardTransfer),
      calibrationError: overGiven(results.map((r) => r.incremental.calibrationError)),
      matrices: results.map((r) => r.incremental.matrix),
    },
    fewShot: [
      { shots: 0, all: null, base: over((r) => r.incremental.seen[0] as number), new: null },
      ...first.fewShot.map(({ shots }, i) => {
        const draws = results.flatMap((r) => r.fewShot[i]?.draws as readonly FewShotDraw[]);
        return {
          shots,
          all: summarise(draws.map(({ all }) => all)),
          base: summarise(draws.map(({ base }) => base)),
          new: summarise(draws.map((draw) => draw.new)),
        };
      }),
    ],
    unknown: {
      auroc: over((r) => r.unknown.auroc),
      falsePositives: over((r) => r.unknown.falsePositives),
      knownRejected: overGiven(results.map((r) => r.unknown.knownRejected)),
      unknownRejected: overGiven(results.map((r) => r.unknown.unknownRejected)),
      curve: first.unknown.curve,
    },
    cost: {
      ...first.cost,
      bytes: first.incremental.bytes,
      bytesPerNewClass: first.incremental.bytesPerNewClass,
      learnInBatches: first.incremental.learnMilliseconds,
    },
  };
}

function overGiven(shares: readonly (number | null)[]): Summary | null {
  const given = shares.filter((share) => share !== null);
  return given.length > 0 ? summarise(given) : null;
}
