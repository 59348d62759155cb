/** The options of `hff train`; defaults that depend on the data are in `train-images.ts`. */
import { type Command, Option } from 'commander';
import type { LayerSize, Storage } from '../node.ts';
import {
  layerSizes,
  numberFrom,
  positiveNumber,
  wholeNumber,
  wholeNumberRange,
  wholeNumbers,
} from './option-parsers.ts';
import { storageOption } from './storage-option.ts';

/** What `--layers` takes. */
export const layersHelp =
  'units of each dense layer; conv:<channels> for one of convolutions, which come first and halve each side, or divide it by n: conv:<channels>:<n>';

export interface TrainCommandOptions {
  data?: string;
  dataDir?: string;
  out: string;
  name?: string;
  layers?: LayerSize[];
  prototypes?: number;
  epochs: number;
  batchSize?: number;
  learningRate?: number;
  warmUp?: number;
  scale?: number;
  sharpness: number;
  margin: number;
  dropout?: number;
  noise?: number;
  shift?: number;
  rotate?: number;
  zoom?: number;
  flip?: boolean;
  augment: boolean;
  turns?: boolean;
  /** False by --no-fields. */
  fields?: { least: number; most: number } | false;
  voters?: number[];
  features?: number[];
  limit?: number;
  holdout: number;
  fit?: 'glyph' | 'cover' | 'none';
  storage: Storage;
  seed: number;
  pipeline: boolean;
  resume?: true;
  json?: true;
}

export function addTrainOptions(command: Command): Command {
  return command
    .option('--data <set>', 'mnist, fashion-mnist, cifar10, or a path (required unless --resume)')
    .option('--data-dir <folder>', 'where named sets are kept or downloaded to')
    .option('--out <file>', 'model file to write', 'model.safetensors')
    .option('--name <name>', 'name of the model (default: from --out)')
    .option('--layers <units>', `${layersHelp} (default: 1000,500)`, layerSizes)
    .option(
      '--prototypes <k>',
      'prototypes per class and layer (default: 3; with conv 1)',
      wholeNumber(1, 1000),
    )
    .option('--epochs <n>', 'passes over the data', wholeNumber(1, 1_000_000), 10)
    .option(
      '--batch-size <n>',
      'samples per update (default: 256; with conv 128)',
      wholeNumber(1, 65536),
    )
    .option(
      '--learning-rate <x>',
      'step size of Adam (default: 0.002; with conv 0.005)',
      positiveNumber,
    )
    .option(
      '--warm-up <steps>',
      'in which the rate grows to the learning rate (default: 0; with conv 200)',
      wholeNumber(0),
    )
    .option(
      '--scale <gamma>',
      'scale of the softmax (default: 20; with conv 40)',
      numberFrom(1e-3, 1e6),
    )
    .option('--sharpness <beta>', 'of the soft maximum over prototypes', numberFrom(1e-3, 1e6), 30)
    .option('--margin <m>', 'by which the true class must win', numberFrom(0), 0)
    .option(
      '--dropout <share>',
      'of the activations handed on (default: 0.2; with conv 0)',
      numberFrom(0, 1),
    )
    .option(
      '--noise <deviation>',
      'of Gaussian noise on standardised inputs (default: 0.2 for images of bytes, else 0; with conv 0)',
      numberFrom(0),
    )
    .option(
      '--shift <pixels>',
      'up to which images are moved at random (default: 2 of 28; fashion-mnist 1.5, with conv 1; colour 3 of 32, with conv 4)',
      numberFrom(0),
    )
    .option(
      '--rotate <degrees>',
      'up to which images are rotated (default: 15; fashion-mnist 5 and colour 8, with conv 0)',
      numberFrom(0),
    )
    .option(
      '--zoom <share>',
      'by which images are made larger or smaller (default: 0.1; fashion-mnist 0.07, with conv 0; colour with conv 0)',
      numberFrom(0, 1),
    )
    .option('--flip', 'mirror half of the images (default: colour images and fashion-mnist)')
    .option('--no-flip', 'mirror none')
    .option('--no-augment', 'none of these four by default')
    .option(
      '--turns',
      'learn quarter turns as classes (default: square images, 2,000 or more; not with conv)',
    )
    .option('--no-turns', 'learn images upright only')
    .option(
      '--fields <least-most>',
      'sides of the rectangle that each unit of the first layer sees (default: a quarter to half of the side of images, if 2,000 or more; not with conv)',
      wholeNumberRange,
    )
    .option('--no-fields', 'each unit sees all of the image')
    .option(
      '--voters <layers>',
      'layers that decide, from 0 (default: all but the first; with conv the last)',
      wholeNumbers(0),
    )
    .option(
      '--features <layers>',
      'layers by whose units it learns later, from 0 (default: all; with conv the last)',
      wholeNumbers(0),
    )
    .option(
      '--limit <n>',
      'samples per class to learn from, drawn at random (default: all)',
      wholeNumber(1),
    )
    .option(
      '--holdout <share>',
      'of the data, to choose the epoch to keep',
      numberFrom(1e-6, 0.5),
      0.05,
    )
    .addOption(
      new Option(
        '--fit <mode>',
        'how images of other sizes will be fitted (default: glyph for --data mnist, else cover for images of bytes, else none)',
      ).choices(['glyph', 'cover', 'none']),
    )
    .addOption(storageOption('float32'))
    .option('--seed <n>', 'of all that is random', wholeNumber(0, 2 ** 31 - 1), 1)
    .option(
      '--no-pipeline',
      'all layers learn on one thread, where there are several cores too; the model is the same',
    )
    .option(
      '--resume',
      'go on from the checkpoint beside --out, with its options; --storage and --data-dir must be given again',
    )
    .option('--json', 'print one JSON object per epoch');
}
