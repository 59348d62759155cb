/** `hff eval`: accuracy per layer and confusion on a labelled set. */
import { Command, Option } from 'commander';
import { evaluateModel, loadModel, type Split } from '../node.ts';
import { percent, table } from './format.ts';
import { loadData } from './load-data.ts';
import { wholeNumber } from './option-parsers.ts';
import { withShareBar } from './share-bar.ts';

interface EvalOptions {
  data: string;
  dataDir?: string;
  split: Split;
  flip?: true;
  shift?: number;
  json?: true;
}

export function evalCommand(): Command {
  return new Command('eval')
    .description('measure a model on a labelled data set')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .requiredOption('--data <set>', 'mnist, fashion-mnist, cifar10, or a path')
    .option('--data-dir <folder>', 'where named sets are kept or downloaded to')
    .addOption(new Option('--split <split>').choices(['train', 'test']).default('test'))
    .option('--flip', 'decide by each image and its mirror image together')
    .option(
      '--shift <pixels>',
      'decide by each image and the same moved to all four sides together',
      wholeNumber(0),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ hff eval digits.safetensors --data mnist')
    .action(evaluate);
}

async function evaluate(path: string, options: EvalOptions): Promise<void> {
  const model = await loadModel(path);
  const { split, flip = false, shift = 0 } = options;
  const dataset = await loadData(options.data, split, options);
  if (options.json) {
    console.log(JSON.stringify({ flip, shift, ...evaluateModel(model, dataset, { flip, shift }) }));
    return;
  }
  const { samples, accuracy, layerAccuracies, confusion } = await withShareBar(
    'deciding',
    (onProgress) => evaluateModel(model, dataset, { flip, shift, onProgress }),
  );
  const mirrored = flip ? ', each mirrored too' : '';
  const moved = shift > 0 ? `, each moved by ${shift} to all sides too` : '';
  console.log(
    `accuracy ${percent(accuracy)} on ${samples} samples of ${options.data} (${split})${mirrored}${moved}`,
  );
  layerAccuracies.forEach((layer, i) => {
    console.log(`  layer ${i} alone ${percent(layer)}`);
  });
  console.log('\nconfusion (rows: true class, columns: decided)');
  const rows = confusion.map((row, c) => [model.labels[c] as string, ...row]);
  console.log(table([['', ...model.labels], ...rows]));
}
