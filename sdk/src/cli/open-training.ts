/** The training run that the options of `hff train` ask for: a new one, or one taken up again. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import {
  beginTraining,
  checkpointPlan,
  HffError,
  limitPerClass,
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
  const all = await loadData(data, 'train', options);
  // What the plan is made by are the samples that it takes, not all there are.
  const { limit, seed } = options;
  const dataset = limit === undefined ? all : limitPerClass(all, limit, seed);
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
  const { data, limit } = checkpointPlan(checkpoint);
  checkSame('--data', options.data, data, checkpointPath);
  checkSame('--limit', options.limit, limit, checkpointPath);
  const dataset = await loadData(data, 'train', options);
  return resumeTraining(dataset, checkpoint, engineOptions(options));
}

/** What says which samples are learned from may be given again, but not otherwise. */
function checkSame<T>(
  option: string,
  given: T | undefined,
  made: T | undefined,
  path: string,
): void {
  if (given === undefined || given === made) return;
  throw new HffError(
    'option/invalid',
    `${option}: expected ${made ?? 'none'}, with which ${path} was made, got ${given}. Leave ${option} out, or train without --resume.`,
  );
}
