/** The training run that the options of `hff train` ask for: a new one, or one taken up again. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  beginTraining,
  checkpointPlan,
  HffError,
  limitPerClass,
  resumeTraining,
  type Training,
} from '../node.ts';
import { checkLayerLists, modelName } from './check-train-options.ts';
import { loadData } from './load-data.ts';
import type { TrainCommandOptions } from './train-options.ts';
import { trainingPlan } from './training-plan.ts';

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
  return beginTraining(dataset, trainingPlan(dataset, name, data, options));
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
  return resumeTraining(await loadData(data, 'train', options), checkpoint);
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
