/** What is kept of a run. */
import type { Machine } from '../../sdk/src/continual/machine.ts';
import type { LayerSize } from '../../sdk/src/node.ts';
import type { EpochReport, TrainOptions } from '../../sdk/src/train/train.ts';
import type { Run } from './runs.ts';

/** Accuracies are shares, 0 to 1. */
export interface RunResult {
  readonly run: Run;
  /** Units or channels, with the pooling where it is not by 2. */
  readonly layers: readonly LayerSize[];
  /** Numbers that are trained. */
  readonly parameters: number;
  readonly samples: { readonly training: number; readonly test: number };
  readonly options: TrainOptions;
  readonly holdoutShare: number;
  /** By the reports of training; none where only the model was there. */
  readonly epochs: readonly EpochReport[];
  readonly bestEpoch: number;
  readonly test: TestAccuracy;
  /** With the scores of each image and its mirror image averaged; photographs and convolutions only. */
  readonly mirrored: TestAccuracy | null;
  /**
   * The same with ten views of each image: it and its mirror image, and both moved by a pixel to all four
   * sides. Missing in results from before it was measured.
   */
  readonly tenViews?: TestAccuracy | null;
  /** By the model as it decides where it runs, by sums and prototypes; null where it has no statistics. */
  readonly modelAccuracy: number | null;
  readonly cost: RunCost;
  readonly machine: Machine;
}

export interface TestAccuracy {
  /** By the layers that decide. */
  readonly decision: number;
  /** Of each layer that has scores of its own. */
  readonly layers: readonly { readonly layer: number; readonly accuracy: number }[];
}

/** Of training, over all processes that had a part in it. */
export interface MeasuredCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Most memory of a process: decoding the data set and writing checkpoints are part of it. */
  readonly peakMemoryBytes: number;
  /** Of the engine, whose memory never shrinks: weights, moments, activations and gradients. */
  readonly engineMemoryBytes: number;
}

/** Null where a model was trained elsewhere. */
interface RunCost {
  /** Of a model trained elsewhere by its log, in which layers may have had threads of their own. */
  readonly seconds: number | null;
  readonly cpuSeconds: number | null;
  readonly peakMemoryBytes: number | null;
  readonly engineMemoryBytes: number | null;
}
