/** The options of `hff train`: defaults that depend on the data, and what the help says of them. */
import { describe, expect, it } from 'vitest';
import { wholeNumberRange } from '../../sdk/src/cli/option-parsers.ts';
import { trainCommand } from '../../sdk/src/cli/train.ts';
import { imageFit, imageTraining } from '../../sdk/src/cli/train-images.ts';
import type { TrainCommandOptions } from '../../sdk/src/cli/train-options.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';

function parsed(...args: string[]): TrainCommandOptions {
  const command = trainCommand();
  command.parseOptions(args);
  return command.opts();
}

/** What only the shape and the number of samples are looked at of. */
function samples(inputs: Dataset['inputs'], height: number, count = 2000): Dataset {
  const width = inputs.length / height;
  return { inputs, labels: new Uint16Array(count), classes: ['a'], width, height, channels: 1 };
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

describe('training on images', () => {
  const square = (side: number, channels = 1): Dataset => ({
    ...samples(new Uint8Array(side * side * channels), side),
    width: side,
    channels,
  });
  const forImages = (dataset: Dataset, ...args: string[]) =>
    imageTraining(parsed(...args), dataset);

  it('is that of handwriting for grey images, in proportion to their size', () => {
    const expected = {
      augment: { shift: 2, rotate: 15, zoom: 0.1, flip: false },
      turns: true,
      fields: { least: 7, most: 14 },
      noise: 0.2,
    };
    expect(forImages(square(28), '--data', 'mnist')).toEqual(expected);
    expect(forImages(square(56), '--data', './x')).toEqual({
      ...expected,
      augment: { ...expected.augment, shift: 4 },
      fields: { least: 14, most: 28 },
    });
  });

  it('mirrors clothes and photos', () => {
    expect(forImages(square(28), '--data', 'fashion-mnist').augment).toEqual({
      shift: 1.5,
      rotate: 5,
      zoom: 0.07,
      flip: true,
    });
    const convolved = ['--data', 'fashion-mnist', '--layers', 'conv:8'];
    expect(forImages(square(28), ...convolved).augment).toEqual({
      shift: 1,
      rotate: 0,
      zoom: 0,
      flip: true,
    });
    expect(forImages(square(32, 3), '--data', 'cifar10')).toEqual({
      augment: { shift: 3, rotate: 8, zoom: 0.1, flip: true },
      turns: true,
      fields: { least: 8, most: 16 },
      noise: 0.2,
    });
  });

  it('is not that of rows and of other numbers', () => {
    const rows = samples(new Uint8Array(784), 1);
    expect(forImages(rows)).toEqual({ noise: 0 });
    expect(forImages(samples(new Float32Array(784), 28))).toEqual({ noise: 0 });
    expect(forImages(rows, '--turns', '--shift', '1')).toMatchObject({
      turns: true,
      augment: { shift: 1 },
    });
  });

  it('leaves turns and fields out where images are few', () => {
    const few = forImages(samples(new Uint8Array(784), 28, 1999));
    expect(few.augment).toBeDefined();
    expect(few).not.toHaveProperty('turns');
    expect(few).not.toHaveProperty('fields');
  });

  it('turns no oblongs', () => {
    expect(forImages(samples(new Uint8Array(800), 20))).not.toHaveProperty('turns');
  });

  it('is what is asked for', () => {
    const off = ['--no-augment', '--no-turns', '--no-fields', '--noise', '0'];
    expect(forImages(square(28), ...off)).toEqual({ noise: 0 });
    expect(
      forImages(square(28, 3), '--no-augment', '--shift', '1', '--fields', '3-3').augment,
    ).toEqual({ shift: 1, rotate: 0, zoom: 0, flip: false });
    expect(forImages(square(28), '--fields', '3-9', '--flip', '--rotate', '0')).toMatchObject({
      fields: { least: 3, most: 9 },
      augment: { shift: 2, rotate: 0, flip: true },
    });
    expect(forImages(square(32, 3), '--no-flip').augment?.flip).toBe(false);
  });

  it.each(['7', '0-4', '9-7', '7-14-21', 'a-b', '7-', '-7', '1.5-3', ''])(
    'refuses fields of %j',
    (text) => {
      expect(() => wholeNumberRange(text)).toThrow(/whole numbers from 1/);
    },
  );
});

it('helps with defaults and with what a resumed run needs', () => {
  const help = trainCommand().helpInformation().replace(/\s+/g, ' ');
  expect(help).toContain(
    '(default: glyph for --data mnist, else cover for images of bytes, else none)',
  );
  expect(help).toContain('--storage and --data-dir must be given again');
  expect(parsed()).toMatchObject({ epochs: 10, holdout: 0.05 });
});
