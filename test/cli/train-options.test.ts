/** The options of `hff train`: defaults that depend on the data, and what the help says of them. */
import { describe, expect, it } from 'vitest';
import { trainCommand } from '../../sdk/src/cli/train.ts';
import { imageFit } from '../../sdk/src/cli/train-images.ts';
import type { TrainCommandOptions } from '../../sdk/src/cli/train-options.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';

function parsed(...args: string[]): TrainCommandOptions {
  const command = trainCommand();
  command.parseOptions(args);
  return command.opts();
}

function samples(inputs: Dataset['inputs'], height: number): Dataset {
  const width = inputs.length / height;
  return { inputs, labels: Uint16Array.of(0), classes: ['a'], width, height, channels: 1 };
}

describe('the fit of images', () => {
  const image = samples(new Uint8Array(784), 28);

  it.each([
    ['glyph for mnist', ['--data', 'mnist'], image, { mode: 'glyph', box: 20 }],
    ['cover for images of bytes', ['--data', 'x'], image, { mode: 'cover' }],
    ['none for rows of bytes', ['--data', 'x'], samples(new Uint8Array(4), 1), null],
    ['none for other numbers', ['--data', 'x'], samples(new Float32Array(16), 4), null],
    ['what is asked for', ['--data', 'mnist', '--fit', 'none'], image, null],
  ])('is %s', (_, args, dataset, fit) => {
    expect(imageFit(parsed(...args), dataset)).toEqual(fit);
  });
});

it('helps with defaults and with what a resumed run needs', () => {
  const help = trainCommand().helpInformation().replace(/\s+/g, ' ');
  expect(help).toContain(
    '(default: glyph for --data mnist, else cover for images of bytes, else none)',
  );
  expect(help).toContain('--storage and --data-dir must be given again');
  expect(parsed()).toMatchObject({ prototypes: 3, batchSize: 256, learningRate: 2e-3 });
});
