/** `hff export`: the same model in another number format. */
import { Command, Option } from 'commander';
import { loadModel, type Storage } from '../node.ts';
import { kilobytes } from './format.ts';
import { writeFileAtomically } from './write-file.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write a model with another number format')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .requiredOption('--out <file>', 'file to write')
    .addOption(new Option('--storage <type>').choices(['float32', 'float16']).default('float16'))
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ hff export digits.safetensors --out small.safetensors')
    .action(exportModel);
}

async function exportModel(
  path: string,
  { out, storage, json }: { out: string; storage: Storage; json?: true },
): Promise<void> {
  const bytes = (await loadModel(path)).export(storage);
  await writeFileAtomically(out, bytes);
  if (json) console.log(JSON.stringify({ out, storage, sizeBytes: bytes.length }));
  else console.log(`${out}: ${storage}, ${kilobytes(bytes.length)}`);
}
