/** `hff export`: the same model in another number format. */
import { Command, Option } from 'commander';
import { loadModel, type Storage } from '../node.ts';
import { kilobytes } from './format.ts';
import { storageOption } from './storage-option.ts';
import { writeFileAtomically } from './write-file.ts';

interface ExportOptions {
  out: string;
  storage: Storage;
  int8?: true;
  json?: true;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write a model with another number format')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .requiredOption('--out <file>', 'file to write')
    .addOption(storageOption('float16'))
    .addOption(new Option('--int8', 'the same as --storage int8').conflicts('storage'))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ hff export digits.safetensors --out half.safetensors
  $ hff export digits.safetensors --int8 --out quarter.safetensors`,
    )
    .action(exportModel);
}

async function exportModel(path: string, options: ExportOptions): Promise<void> {
  const { out, int8, json } = options;
  const storage = int8 ? 'int8' : options.storage;
  const bytes = await (await loadModel(path)).export(storage);
  await writeFileAtomically(out, bytes);
  if (json) console.log(JSON.stringify({ out, storage, sizeBytes: bytes.length }));
  else console.log(`${out}: ${storage}, ${kilobytes(bytes.length)}`);
}
