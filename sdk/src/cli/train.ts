/**
 * `hff train`: data set in, model out. Each epoch is written to a checkpoint beside the model;
 * Ctrl-C ends the run with the epoch that is chosen so far, and `--resume` takes it up again.
 */
import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import {
  addStatistics,
  HffError,
  loadModel,
  type Snapshot,
  type Storage,
  type Training,
} from '../node.ts';
import { checkOut } from './check-out.ts';
import { newTraining, resumedTraining } from './open-training.ts';
import { testedRecord } from './tested-record.ts';
import { addTrainOptions, type TrainCommandOptions } from './train-options.ts';
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
  $ hff train --data mnist --storage int8 --out small.safetensors
  $ hff train --data ./photos --layers 1000,1000 --epochs 20 --out photos.safetensors
  $ hff train --resume --out digits.safetensors      (after Ctrl-C or a crash)`,
    )
    .action(trainModel);
}

async function trainModel(options: TrainCommandOptions): Promise<void> {
  const { out, storage } = options;
  await checkOut(out);
  const checkpointPath = `${out}.checkpoint`;
  const training = options.resume
    ? await resumedTraining(checkpointPath, options)
    : await newTraining(options);
  const reporter = new TrainReporter(training.plan, options.json === true);
  await runToEndOrCtrlC(training, reporter, checkpointPath);
  const best = training.best() ?? nothingToKeep(training);
  const finished = training.epochsDone === training.plan.options.epochs;
  // The model is safe before its test, which may fail or be cut short.
  const trained = await writeModel(out, best, storage);
  const snapshot = await addStatistics(trained, training.dataset, (share) =>
    reporter.statistics(share),
  );
  reporter.stop();
  let bytes = await writeModel(out, snapshot, storage);
  if (finished) await rm(checkpointPath, { force: true });
  const record = await testedRecord(bytes, training.plan.data, options);
  if (record) {
    const tested = { ...snapshot, spec: { ...snapshot.spec, training: record } };
    bytes = await writeModel(out, tested, storage);
  }
  reporter.written(out, bytes.length, record ?? best.spec.training, finished);
}

async function runToEndOrCtrlC(
  training: Training,
  reporter: TrainReporter,
  checkpointPath: string,
): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    await training.run({
      signal: interruption.signal,
      onBatch: (progress) => reporter.batch(progress),
      onEpoch: async (report) => {
        await writeFileAtomically(checkpointPath, training.checkpoint());
        reporter.epoch(report);
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
    reporter.stop();
  }
}

function nothingToKeep({ epochsDone }: Training): never {
  throw new HffError(
    'option/invalid',
    epochsDone > 0
      ? 'training diverged (loss not finite): lower --learning-rate.'
      : 'stopped before the first epoch ended: nothing to keep.',
  );
}

/** @returns the file's bytes */
async function writeModel(out: string, snapshot: Snapshot, storage: Storage): Promise<Uint8Array> {
  const model = await loadModel(snapshot);
  const bytes = await model.export(storage);
  model.dispose();
  await writeFileAtomically(out, bytes);
  return bytes;
}
