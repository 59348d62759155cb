/**
 * A network's layers while they learn, wherever they are: all on this thread, or each on one of its
 * own. No layer waits for a gradient, so both give the same numbers, bit by bit.
 */
import type { MarginLossOptions } from '../hff/margin-loss.ts';
import type { NetworkSpec, NetworkWeights } from '../hff/network.ts';
import type { AdamOptions } from '../hff/optimiser.ts';
import type { LayerReport } from '../hff/update-layer.ts';
import type { TrainedWeights } from './trained-weights.ts';

export interface LearningLayers {
  /**
   * All layers learn from a batch, in the order of the calls.
   * @param onLearned hears each layer's report, in the order of the calls
   * @returns fulfils when the next batch may be given; rejects where an earlier one failed
   */
  learn(batch: LearningBatch, onLearned: (reports: readonly LayerReport[]) => void): Promise<void>;
  /**
   * Scores of all layers, [N, C] each, as the layers are after what they were given before.
   * @param inputs [N, D_in] of `rows` samples
   * @returns fulfils as that of `learn`
   */
  classify(
    inputs: Float32Array,
    rows: number,
    onScores: (layerScores: readonly Float32Array[]) => void,
  ): Promise<void>;
  /** Fulfils when all that was given is done. */
  settle(): Promise<void>;
  /** A copy of all that changes; everything that was given must be done. */
  state(): Promise<LayersState>;
  dispose(): void;
}

export interface LearningBatch {
  /** [N, D_in], row by row; may be taken over. */
  readonly inputs: Float32Array;
  /** Class index of each sample, N. */
  readonly labels: Uint16Array | Uint32Array;
  /** Number of this step, from 1. */
  readonly step: number;
  /** Factor on the learning rates, from the schedule. */
  readonly rateFactor: number;
}

export interface LayersState {
  /** By parameter name. */
  readonly weights: TrainedWeights;
  /** The optimiser's state by name. */
  readonly moments: TrainedWeights;
}

/** How layers learn, the same in all of them. */
export interface LearningOptions {
  readonly loss: MarginLossOptions;
  readonly adam: AdamOptions;
  /** Share of each handed-on activation that is zeroed, [0, 1). */
  readonly dropout: number;
  readonly seed: number;
}

/** What layers begin with; moments that are missing are 0. */
export interface LayersStart {
  readonly weights: NetworkWeights;
  readonly moments: TrainedWeights;
}

export type StartLayers = (
  network: NetworkSpec,
  start: LayersStart,
  options: LearningOptions,
) => LearningLayers;

/** Path of the random stream that dropout masks of a step are drawn from; a layer's index is added. */
export function dropoutStream(seed: number, step: number): readonly number[] {
  return [seed, 1007, step];
}
