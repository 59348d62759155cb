/** The training run that the options of `hff train` ask for: a new one, or one taken up again. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import {
  beginTraining,
  checkpointPlan,
  HffError,
  resumeTraining,
  type Training,
  type TrainingEngineOptions,
} from '../node.ts';
import { checkLayerLists, modelName } from './check-train-options.ts';
import { loadData } from './load-data.ts';
import type { TrainCommandOptions } from './train-options.ts';
import { trainingPlan } from './training-plan.ts';

/** Threads are there where there are cores for them. */
export function engineOptions({
  pipeline,
}: Pick<TrainCommandOptions, 'pipeline'>): TrainingEngineOptions {
  return { pipeline: pipeline && availableParallelism() > 1 };
}

/** @throws HffError `option/invalid`, and as `loadDataset` */
export async function newTraining(options: TrainCommandOptions): Promise<Training> {
  const { data } = options;
  if (!data) {
    throw new HffError('option/invalid', '--data: expected a set or a path, got nothing.');
  }
  const name = modelName(options);
  checkLayerLists(options);
  const dataset = await loadData(data, 'train', options);
  const plan = trainingPlan(dataset, name, data, options);
  return beginTraining(dataset, plan, engineOptions(options));
}

/** @throws HffError `data/not-found`, `option/invalid`, `snapshot/…`, and as `loadDataset` */
export async function resumedTraining(
  checkpointPath: string,
  options: TrainCommandOptions,
): Promise<Training> {
  if (!existsSync(checkpointPath)) {
    throw new HffError(
      'data/not-found',
      `--resume: expected ${checkpointPath}, but there is none. Train without --resume first.`,
    );
  }
  const checkpoint = await readFile(checkpointPath);
  const { data } = checkpointPlan(checkpoint);
  if (options.data !== undefined && options.data !== data) {
    throw new HffError(
      'option/invalid',
      `--data: expected ${data}, with which ${checkpointPath} was made, got ${options.data}. Leave --data out, or train without --resume.`,
    );
  }
  const dataset = await loadData(data, 'train', options);
  return resumeTraining(dataset, checkpoint, engineOptions(options));
}
