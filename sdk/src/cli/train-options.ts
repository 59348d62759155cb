/** The options of `hff train`. Defaults are those that trained the project's own models. */
import { type Command, Option } from 'commander';
import type { Dataset, ImageFit, Storage } from '../node.ts';
import { numberFrom, positiveNumber, wholeNumber, wholeNumbers } from './option-parsers.ts';
import { storageOption } from './storage-option.ts';

export interface TrainCommandOptions {
  data?: string;
  dataDir?: string;
  out: string;
  name?: string;
  layers: number[];
  prototypes: number;
  epochs: number;
  batchSize: number;
  learningRate: number;
  scale: number;
  sharpness: number;
  margin: number;
  dropout: number;
  noise: number;
  voters?: number[];
  holdout: number;
  fit?: 'glyph' | 'cover' | 'none';
  storage: Storage;
  seed: number;
  resume?: true;
  json?: true;
}

/** Pixels of the square that handwriting is scaled into: MNIST's 20 of 28, in proportion. */
const glyphBoxShare = 20 / 28;

export function addTrainOptions(command: Command): Command {
  return command
    .option('--data <set>', 'mnist, fashion-mnist, cifar10, or a path (required unless --resume)')
    .option('--data-dir <folder>', 'where named sets are kept or downloaded to')
    .option('--out <file>', 'model file to write', 'model.safetensors')
    .option('--name <name>', 'name of the model (default: from --out)')
    .option('--layers <units>', 'units of each layer', wholeNumbers(1, 1_000_000), [500, 500, 500])
    .option('--prototypes <k>', 'prototypes per class and layer', wholeNumber(1, 1000), 3)
    .option('--epochs <n>', 'passes over the data', wholeNumber(1, 1_000_000), 10)
    .option('--batch-size <n>', 'samples per update', wholeNumber(1, 65536), 256)
    .option('--learning-rate <x>', 'step size of Adam', positiveNumber, 2e-3)
    .option('--scale <gamma>', 'scale of the softmax', numberFrom(1e-3, 1e6), 20)
    .option('--sharpness <beta>', 'of the soft maximum over prototypes', numberFrom(1e-3, 1e6), 30)
    .option('--margin <m>', 'by which the true class must win', numberFrom(0), 0)
    .option('--dropout <share>', 'of the activations handed on', numberFrom(0, 1), 0.2)
    .option('--noise <deviation>', 'of Gaussian noise on inputs', numberFrom(0), 0)
    .option(
      '--voters <layers>',
      'layers that decide, from 0 (default: all but the first)',
      wholeNumbers(0),
    )
    .option(
      '--holdout <share>',
      'of the data, to choose the best epoch',
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
      '--resume',
      'go on from the checkpoint beside --out, with its options; --storage and --data-dir must be given again',
    )
    .option('--json', 'print one JSON object per epoch');
}

/** MNIST is fitted as glyphs, other images of bytes by cropping, all else not at all. */
export function imageFit({ fit, data }: TrainCommandOptions, dataset: Dataset): ImageFit | null {
  const hasImages = dataset.inputs instanceof Uint8Array && dataset.height > 1;
  const mode = fit ?? (data === 'mnist' ? 'glyph' : hasImages ? 'cover' : 'none');
  if (mode === 'none') return null;
  if (mode === 'cover') return { mode };
  return { mode, box: Math.max(1, Math.round(dataset.width * glyphBoxShare)) };
}
