/** `hff statistics`: gives a trained model what it needs to go on learning where it runs. */
import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { addStatistics, HffError, loadModel } from '../node.ts';
import { kilobytes } from './format.ts';
import { loadData } from './load-data.ts';
import { storedBytes } from './stored-bytes.ts';
import { writeFileAtomically } from './write-file.ts';

interface StatisticsOptions {
  data: string;
  dataDir?: string;
  out: string;
}

export function statisticsCommand(): Command {
  return new Command('statistics')
    .description(
      'add the statistics on which a model learns new classes; `hff train` does it itself',
    )
    .argument('<model>', 'model file (.safetensors)')
    .requiredOption('--data <set>', 'the samples that it was trained on')
    .option('--data-dir <folder>', 'where named sets are kept or downloaded to')
    .requiredOption('--out <file>', 'file to write')
    .addHelpText(
      'after',
      `
Example:
  $ hff statistics digits.safetensors --data mnist --out digits.safetensors`,
    )
    .action(writeStatistics);
}

async function writeStatistics(path: string, options: StatisticsOptions): Promise<void> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new HffError('data/not-found', `${path}: cannot be read (${cause}).`, { cause });
  });
  const dataset = await loadData(options.data, 'train', options);
  const bar = new SingleBar({ format: 'statistics [{bar}] {percentage} %', clearOnComplete: true });
  bar.start(100, 0);
  const snapshot = await addStatistics(bytes, dataset, (share) => {
    bar.update(Math.round(100 * share));
  }).finally(() => bar.stop());
  const model = await loadModel(snapshot);
  const file = await model.export(storedBytes(bytes).storage);
  await writeFileAtomically(options.out, file);
  console.log(`${options.out}: ${kilobytes(file.length)}`);
}
