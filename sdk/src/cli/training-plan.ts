/** From the options of `hff train` and a data set to the plan of a training run. */
import { type Dataset, designModel, type TrainingPlan } from '../node.ts';
import { layerOptions } from './layer-defaults.ts';
import { imageFit, imageTraining } from './train-images.ts';
import type { TrainCommandOptions } from './train-options.ts';

/** @param data what the training record calls the data */
export function trainingPlan(
  dataset: Dataset,
  name: string,
  data: string,
  options: TrainCommandOptions,
): TrainingPlan {
  const { epochs, margin, seed } = options;
  const { layers, prototypes, scale, ...rest } = layerOptions(options);
  const { batchSize, learningRate, warmUp, dropout } = rest;
  const spec = designModel(dataset, {
    name,
    units: layers,
    prototypes,
    sharpness: options.sharpness,
    scale,
    fit: imageFit(options, dataset),
    ...(options.voters && { voters: options.voters }),
    ...(options.features && { features: options.features }),
  });
  const forImages = imageTraining(options, dataset);
  return {
    spec,
    options: {
      epochs,
      batchSize,
      learningRate,
      ...(warmUp > 0 && { warmUp }),
      margin,
      dropout,
      seed,
      ...forImages,
    },
    ...(options.limit !== undefined && { limit: options.limit }),
    holdoutShare: options.holdout,
    data,
  };
}
