/** The plan of `hff train` with the options that trained the project's model, for one epoch. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';

export const prototypesPerClass = 3;

/** @param units of each layer */
export function defaultPlan(
  dataset: Dataset,
  units: readonly number[],
  batchSize: number,
  holdoutShare: number,
): TrainingPlan {
  const spec = designModel(dataset, {
    name: 'bench',
    units,
    prototypes: prototypesPerClass,
    sharpness: 30,
    scale: 20,
    fit: { mode: 'cover' },
  });
  const options = {
    epochs: 1,
    batchSize,
    learningRate: 2e-3,
    margin: 0,
    dropout: 0.2,
    noise: 0.4,
    seed: 1,
  };
  return { spec, options, holdoutShare, data: 'bench' };
}
