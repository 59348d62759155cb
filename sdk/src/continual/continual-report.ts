/** All figures of a run of the protocols, as they are written to JSON and drawn. */
import type { AccuracyMatrix } from './accuracy-matrix.ts';
import type { Machine } from './machine.ts';
import type { CostResult } from './protocols/cost.ts';
import type { RocPoint } from './roc.ts';
import type { Summary } from './summary.ts';

/** Shares and accuracies are 0 to 1; summaries are over the seeds unless said otherwise. */
export interface ContinualReport {
  /** Name or path of the data. */
  readonly data: string;
  readonly classes: readonly string[];
  readonly samples: { readonly training: number; readonly test: number };
  /** Classes of the base, and added at a time. */
  readonly base: number;
  readonly increment: number;
  /** Draws of each number of shots and seed. */
  readonly draws: number;
  readonly seeds: readonly SeedReport[];
  readonly learners: readonly LearnerReport[];
  readonly joint: JointReport;
}

/** A report with what it takes to measure it again. */
export interface ContinualFile {
  readonly machine: Machine;
  /** Options of the command, defaults included. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly report: ContinualReport;
}

export interface SeedReport {
  readonly seed: number;
  /** Class names of each task, the base first. */
  readonly tasks: readonly (readonly string[])[];
  /** Accuracy of the base network's own prototypes on the base classes. */
  readonly networkAccuracy: number;
  /** D. */
  readonly featureSize: number;
}

export interface LearnerReport {
  readonly name: string;
  readonly note: string | null;
  /** Test samples that it was asked at most; null where it was asked all. */
  readonly mostDecisions: number | null;
  readonly incremental: {
    /** After each task, on all classes learned so far. */
    readonly seen: readonly Summary[];
    readonly averageIncremental: Summary;
    readonly last: Summary;
    readonly forgetting: Summary;
    readonly baseForgetting: Summary;
    readonly backwardTransfer: Summary;
    /** Expected calibration error after the last task; null without probabilities. */
    readonly calibrationError?: Summary | null;
    /** R[i, j] of each seed. */
    readonly matrices: readonly AccuracyMatrix[];
  };
  readonly fewShot: readonly FewShotReport[];
  readonly unknown: {
    readonly auroc: Summary;
    /** At 95 % recall of the known. */
    readonly falsePositives: Summary;
    /** At the learner's own threshold; null if it has none. */
    readonly knownRejected: Summary | null;
    readonly unknownRejected: Summary | null;
    /** Of the first seed. */
    readonly curve: readonly RocPoint[];
  };
  readonly cost: CostReport;
}

/** Summaries over seeds and draws. */
export interface FewShotReport {
  /** Samples per new class; 0 is the base alone. */
  readonly shots: number;
  readonly all: Summary | null;
  readonly base: Summary;
  readonly new: Summary | null;
}

/** Of the first seed. */
interface CostReport extends CostResult {
  /** After the last task. */
  readonly bytes: number;
  readonly bytesPerNewClass: number;
  /** Of learning in batches, ms per sample. */
  readonly learnInBatches: number;
}

/** The ceiling: a network of the same design trained on all classes at once, with the first seed. */
export interface JointReport {
  /** Its own prototypes decide. */
  readonly network: number;
  /** Streaming LDA on its features. */
  readonly discriminant: number;
}
