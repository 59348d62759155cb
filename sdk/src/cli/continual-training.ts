/** Networks for `hff continual`, designed and trained as `hff train` would. */
import {
  addStatistics,
  beginTraining,
  type Dataset,
  designModel,
  HffError,
  loadModel,
  type Model,
} from '../node.ts';
import { type ContinualCommandOptions, trainDefaults } from './continual-options.ts';
import { imageFit, imageTraining } from './train-images.ts';

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
  const { data, layers, epochs, learningRate } = given;
  const options = { ...trainDefaults, data, seed };
  const { prototypes, sharpness, scale, batchSize, margin, dropout, holdout } = options;
  const fit = imageFit(options, dataset);
  const training = await beginTraining(dataset, {
    spec: designModel(dataset, { name: 'base', units: layers, prototypes, sharpness, scale, fit }),
    options: {
      epochs,
      batchSize,
      learningRate,
      margin,
      dropout,
      seed,
      ...imageTraining(options, dataset),
    },
    holdoutShare: holdout,
    data,
  });
  await training.run({
    onBatch: ({ epoch, batch, batches }) => onShare((epoch - 1 + batch / batches) / epochs),
  });
  const best = training.best();
  training.dispose();
  if (best) {
    const trained = await loadModel(best);
    const model = await loadModel(await addStatistics(trained.export(), dataset));
    trained.dispose();
    return model;
  }
  throw new HffError(
    'option/invalid',
    'base training diverged (loss not finite): lower --learning-rate.',
  );
}
