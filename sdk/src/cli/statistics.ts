/** `hff statistics`: gives a trained model what it needs to go on learning where it runs. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { addStatistics, HffError, loadModel, type Snapshot } from '../node.ts';
import { kilobytes, percent } from './format.ts';
import { loadData } from './load-data.ts';
import { withShareBar } from './share-bar.ts';
import { storedBytes } from './stored-bytes.ts';
import { testedRecord } from './tested-record.ts';
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
  const snapshot = await withShareBar('statistics', (onProgress) =>
    addStatistics(bytes, dataset, onProgress),
  );
  const { storage } = storedBytes(bytes);
  const write = async (made: Snapshot): Promise<Uint8Array> => {
    const file = await (await loadModel(made)).export(storage);
    await writeFileAtomically(options.out, file);
    return file;
  };
  let file = await write(snapshot);
  const record = await testedRecord(file, options.data, options);
  if (record) file = await write({ ...snapshot, spec: { ...snapshot.spec, training: record } });
  const tested =
    record?.testAccuracy === undefined ? '' : `, ${percent(record.testAccuracy)} on test`;
  console.log(`${options.out}: ${kilobytes(file.length)}${tested}`);
}
