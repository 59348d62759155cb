/**
 * Trains a baseline as `Training` trains HFF: by the same loop, on the same samples in the same order
 * with the same changes, and with the epoch kept that the same samples held back choose.
 */
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { chooseEpoch } from '../../sdk/src/train/choose-epoch.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import { type TrainEvents, train } from '../../sdk/src/train/train.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import type { Baseline } from './baseline.ts';
import { BaselineLayers } from './baseline-layers.ts';
import {
  type BaselineState,
  learningMatrices,
  parameterMatrices,
  readNumbers,
  writeNumbers,
} from './baseline-state.ts';

export interface BaselineEvents extends TrainEvents {
  /** After `onEpoch`; awaited. */
  onState?(state: () => BaselineState): void | Promise<void>;
}

/**
 * @param begun to go on with, as `onState` was told it: what comes of it is the same
 * @returns the chosen epoch, whose parameters the baseline has in the end
 */
export async function trainBaseline(
  backend: TrainingBackend,
  baseline: Baseline,
  dataset: Dataset,
  { spec, options, holdoutShare }: TrainingPlan,
  events: BaselineEvents,
  begun: BaselineState | null = null,
): Promise<number> {
  const { learningRate, seed } = options;
  const data = { ...splitHoldout(dataset, holdoutShare, seed), input: spec.input };
  const optimiser = new Adam(backend, { learningRate });
  const matrices = learningMatrices(baseline, optimiser);
  const parameters = parameterMatrices(baseline);
  if (begun) writeNumbers(backend, matrices, begun.numbers);
  let best = begun?.best ?? null;
  const layers = new BaselineLayers(baseline, optimiser, seed);
  await train(layers, [0], data, options, begun?.epochsDone ?? 0, {
    ...events,
    onEpoch: async (report) => {
      const chosen = chooseEpoch(report, best, data.holdout.labels.length);
      if (chosen) best = { ...chosen, numbers: readNumbers(backend, parameters) };
      await events.onEpoch?.(report);
      await events.onState?.(() => ({
        epochsDone: report.epoch,
        best,
        numbers: readNumbers(backend, matrices),
      }));
    },
  });
  optimiser.dispose();
  if (!best) throw new Error('Training diverged: no loss was finite.');
  writeNumbers(backend, parameters, best.numbers);
  return best.epoch;
}
