/** Networks for `hff continual`, designed and trained as `hff train` would. */
import {
  addStatistics,
  beginTraining,
  type Dataset,
  HffError,
  loadModel,
  type Model,
} from '../node.ts';
import { type ContinualCommandOptions, networkOptions } from './continual-options.ts';
import { engineOptions } from './open-training.ts';
import { trainingPlan } from './training-plan.ts';

/**
 * @param onShare gets the share done, 0 to 1, after each batch
 * @throws HffError `option/invalid`, also when training diverges
 */
export async function trainNetwork(
  dataset: Dataset,
  seed: number,
  given: ContinualCommandOptions,
  onShare: (share: number) => void,
): Promise<Model> {
  const { data, epochs } = given;
  const options = { ...networkOptions(given), seed };
  const training = await beginTraining(
    dataset,
    trainingPlan(dataset, 'base', data, options),
    engineOptions(options),
  );
  await training.run({
    onBatch: ({ epoch, batch, batches }) => onShare((epoch - 1 + batch / batches) / epochs),
  });
  const best = training.best();
  if (best) {
    const trained = await loadModel(best);
    const model = await loadModel(await addStatistics(await trained.export(), dataset));
    trained.dispose();
    return model;
  }
  throw new HffError(
    'option/invalid',
    'base training diverged (loss not finite): lower --learning-rate.',
  );
}
