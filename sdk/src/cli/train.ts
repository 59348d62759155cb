/**
 * `hff train`: data set in, model out. Each epoch is written to a checkpoint beside the model;
 * Ctrl-C ends the run with the best model so far, and `--resume` takes it up again.
 */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import {
  beginTraining,
  checkpointPlan,
  designModel,
  evaluateModel,
  HffError,
  loadModel,
  resumeTraining,
  type Snapshot,
  type Training,
} from '../node.ts';
import { loadData } from './load-data.ts';
import { addTrainOptions, imageFit, type TrainCommandOptions } from './train-options.ts';
import { TrainReporter } from './train-reporter.ts';
import { writeFileAtomically } from './write-file.ts';

export function trainCommand(): Command {
  return addTrainOptions(new Command('train'))
    .description('train a model on a labelled data set')
    .addHelpText(
      'after',
      `
Examples:
  $ hff train --data mnist --out digits.safetensors
  $ hff train --data ./photos --layers 1000,1000 --epochs 20 --out photos.safetensors
  $ hff train --resume --out digits.safetensors      (after Ctrl-C or a crash)`,
    )
    .action(trainModel);
}

async function trainModel(options: TrainCommandOptions): Promise<void> {
  const checkpointPath = `${options.out}.checkpoint`;
  const training = options.resume ? await resume(checkpointPath, options) : await begin(options);
  const reporter = new TrainReporter(training.plan, options.json === true);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  await training.run({
    signal: interruption.signal,
    onBatch: (progress) => reporter.batch(progress),
    onEpoch: async (report) => {
      await writeFileAtomically(checkpointPath, training.checkpoint());
      reporter.epoch(report);
    },
  });
  process.off('SIGINT', interrupt);
  reporter.stop();
  const best = training.best();
  if (!best) {
    throw new HffError('option/invalid', 'stopped before the first epoch ended: nothing to keep.');
  }
  const snapshot = await tested(best, options);
  const bytes = (await loadModel(snapshot)).export(options.storage);
  await writeFileAtomically(options.out, bytes);
  const finished = training.epochsDone === training.plan.options.epochs;
  if (finished) await rm(checkpointPath);
  reporter.written(options.out, bytes.length, snapshot, finished);
}

async function begin(options: TrainCommandOptions): Promise<Training> {
  const { data } = options;
  if (!data) {
    throw new HffError('option/invalid', '--data: expected a set or a path, got nothing.');
  }
  const dataset = await loadData(data, 'train', options);
  const spec = designModel(dataset, {
    name:
      options.name ??
      basename(options.out)
        .replace(/\.safetensors$/, '')
        .toLowerCase(),
    units: options.layers,
    prototypes: options.prototypes,
    sharpness: options.sharpness,
    scale: options.scale,
    fit: imageFit(options, dataset),
    ...(options.voters && { voters: options.voters }),
  });
  const { epochs, batchSize, learningRate, margin, dropout, noise, seed } = options;
  return beginTraining(dataset, {
    spec,
    options: { epochs, batchSize, learningRate, margin, dropout, noise, seed },
    holdoutShare: options.holdout,
    data,
  });
}

async function resume(checkpointPath: string, options: TrainCommandOptions): Promise<Training> {
  if (!existsSync(checkpointPath)) {
    throw new HffError(
      'data/not-found',
      `--resume: expected ${checkpointPath}, but there is none. Train without --resume first.`,
    );
  }
  const checkpoint = await readFile(checkpointPath);
  const { data } = checkpointPlan(checkpoint);
  return resumeTraining(await loadData(data, 'train', options), checkpoint);
}

/** The snapshot with its accuracy on the test split, where the data set has one. */
async function tested(snapshot: Snapshot, options: TrainCommandOptions): Promise<Snapshot> {
  const { training } = snapshot.spec;
  if (!training) return snapshot;
  try {
    const dataset = await loadData(training.data, 'test', options);
    const { accuracy } = evaluateModel(await loadModel(snapshot), dataset);
    return {
      ...snapshot,
      spec: { ...snapshot.spec, training: { ...training, testAccuracy: accuracy } },
    };
  } catch (error) {
    if (error instanceof HffError && error.code === 'data/not-found') return snapshot;
    throw error;
  }
}
