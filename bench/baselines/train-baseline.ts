/**
 * Trains a baseline as `Training` trains HFF: by the same loop, on the same samples in the same order
 * with the same changes, and with the epoch kept that the same samples held back choose.
 */
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { type ChosenEpoch, chooseEpoch } from '../../sdk/src/train/choose-epoch.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import { type TrainEvents, train } from '../../sdk/src/train/train.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import type { Baseline } from './baseline.ts';
import { BaselineLayers } from './baseline-layers.ts';

/** @returns the best epoch, whose parameters the baseline has in the end */
export async function trainBaseline(
  backend: TrainingBackend,
  baseline: Baseline,
  dataset: Dataset,
  { spec, options, holdoutShare }: TrainingPlan,
  events: TrainEvents,
): Promise<number> {
  const { learningRate, seed } = options;
  const data = { ...splitHoldout(dataset, holdoutShare, seed), input: spec.input };
  const optimiser = new Adam(backend, { learningRate });
  let best: ChosenEpoch = { epoch: 0, highest: 0 };
  let numbers: Float32Array[] = [];
  await train(new BaselineLayers(baseline, optimiser, seed), [0], data, options, 0, {
    ...events,
    onEpoch: async (report) => {
      const chosen = chooseEpoch(report, best, data.holdout.labels.length);
      if (chosen) {
        best = chosen;
        numbers = baseline.parameters.map(({ value }) => backend.read(value));
      }
      await events.onEpoch?.(report);
    },
  });
  optimiser.dispose();
  baseline.parameters.forEach(({ value }, i) => {
    backend.write(value, numbers[i] as Float32Array, value.rows);
  });
  return best.epoch;
}
