/** The options of `hff continual`. */
import { Command } from 'commander';
import type { LayerSize } from '../node.ts';
import { layersOf } from './layer-defaults.ts';
import { layerSizes, positiveNumber, wholeNumber, wholeNumbers } from './option-parsers.ts';
import { addTrainOptions, layersHelp, type TrainCommandOptions } from './train-options.ts';

export interface ContinualCommandOptions {
  data: string;
  dataDir?: string;
  base?: number;
  increment: number;
  seeds: number[];
  rotate?: true;
  epochs: number;
  layers: LayerSize[];
  learningRate?: number;
  shots: number[];
  draws: number;
  neighbours: number;
  limit?: number;
  model?: string;
  outJson: string;
  outHtml: string;
}

/** What `hff train` does unless told otherwise: networks are trained as it would train them. */
export const trainDefaults: TrainCommandOptions = addTrainOptions(new Command()).opts();

export function addContinualOptions(command: Command): Command {
  const { epochs } = trainDefaults;
  return command
    .requiredOption('--data <set>', 'mnist, fashion-mnist, cifar10, or a path')
    .option('--data-dir <folder>', 'where named sets are kept or downloaded to')
    .option(
      '--base <m>',
      'classes that the network is trained on (default: half of them, or those of --model)',
      wholeNumber(2),
    )
    .option('--increment <n>', 'classes added at a time', wholeNumber(1), 1)
    .option(
      '--seeds <list>',
      'a run for each; orders classes and samples, 0 keeps the classes in order',
      wholeNumbers(0, 2 ** 31 - 1),
      [0, 1, 2],
    )
    .option('--rotate', 'seed s begins with class s: with base C − 1, each class is left out once')
    .option('--layers <units>', layersHelp, layerSizes, layersOf(trainDefaults))
    .option(
      '--epochs <n>',
      'of base training, and of joint training up to hff train’s own',
      wholeNumber(1, 1_000_000),
      epochs,
    )
    .option('--learning-rate <x>', 'step size of Adam (default: that of hff train)', positiveNumber)
    .option('--shots <list>', 'samples per new class', wholeNumbers(1, 1_000_000), [1, 5, 20])
    .option('--draws <n>', 'of those samples, for each seed', wholeNumber(1, 10_000), 10)
    .option(
      '--neighbours <n>',
      'test samples that k-nearest neighbours decide, since they are slow; 0 leaves them out',
      wholeNumber(0),
      1000,
    )
    .option('--limit <n>', 'samples per class, of training and test each', wholeNumber(1))
    .option('--model <file>', 'a model that is trained on some of the classes: no base training')
    .option('--out-json <file>', 'all figures', 'continual.json')
    .option('--out-html <file>', 'a page with plots', 'continual.html');
}

/** The options of `hff train` that train the networks of a comparison. */
export function networkOptions({
  data,
  layers,
  epochs,
  learningRate,
}: ContinualCommandOptions): TrainCommandOptions {
  const given = learningRate === undefined ? {} : { learningRate };
  return { ...trainDefaults, data, layers, epochs, ...given };
}
