/** `hff` with convolutional layers: trained, told, exported, and refused where they do not fit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nameLayer } from '../../sdk/src/cli/describe-layers.ts';
import { layerOptions } from '../../sdk/src/cli/layer-defaults.ts';
import { layerSizes } from '../../sdk/src/cli/option-parsers.ts';
import { trainCommand } from '../../sdk/src/cli/train.ts';
import { imageTraining } from '../../sdk/src/cli/train-images.ts';
import type { TrainCommandOptions } from '../../sdk/src/cli/train-options.ts';
import { drawDigits } from './draw-digits.ts';
import { runHff } from './run-hff.ts';

function parsed(...args: string[]): TrainCommandOptions {
  const command = trainCommand();
  command.parseOptions(args);
  return command.opts();
}

describe('--layers', () => {
  it('names units and channels', () => {
    const layers = [{ channels: 48 }, { channels: 96, pool: 1 }, 500];
    expect(layerSizes('conv:48,conv:96:1,500')).toEqual(layers);
    expect(layers.map(nameLayer)).toEqual(['conv:48', 'conv:96:1', '500']);
  });

  it.each([
    'conv',
    'conv:',
    'conv:0',
    'conv:8:',
    'conv:8:0',
    'conv:8:1:1',
    'conv:1.5',
    'conv:x',
    'dense:5',
    '48conv:',
    '',
  ])('is not %j', (text) => {
    expect(() => layerSizes(text)).toThrow(/Expected a whole number/);
  });

  it('decides what the other options are unless told otherwise', () => {
    const dense = {
      layers: [1000, 500],
      prototypes: 3,
      batchSize: 256,
      learningRate: 2e-3,
      warmUp: 0,
      scale: 20,
      dropout: 0.2,
    };
    expect(layerOptions(parsed())).toEqual(dense);
    expect(layerOptions(parsed('--layers', 'conv:8'))).toEqual({
      layers: [{ channels: 8 }],
      prototypes: 1,
      batchSize: 128,
      learningRate: 5e-3,
      warmUp: 200,
      scale: 40,
      dropout: 0,
    });
    const told = ['--layers', 'conv:8', '--scale', '30', '--dropout', '0.1', '--warm-up', '0'];
    expect(layerOptions(parsed(...told))).toMatchObject({ scale: 30, dropout: 0.1, warmUp: 0 });
  });

  it('has turns and fields for dense layers only', () => {
    const images = {
      inputs: new Uint8Array(32 * 32 * 3),
      labels: new Uint16Array(2000),
      classes: ['a'],
      width: 32,
      height: 32,
      channels: 3,
    };
    const kept = imageTraining(parsed('--layers', 'conv:8'), images);
    expect(kept).toEqual({
      noise: 0,
      augment: { shift: 4, rotate: 0, zoom: 0, flip: true },
    });
    expect(imageTraining(parsed(), images)).toMatchObject({ turns: true });
  });
});

describe('hff', () => {
  let folder: string;
  const train =
    '--data drawn --layers conv:4:1,conv:8,20 --epochs 2 --batch-size 32 --out m.safetensors';

  beforeAll(async () => {
    folder = await drawDigits();
    const { code, stdout } = await runHff(folder, ['train', ...train.split(' ')]);
    expect(code).toBe(0);
    expect(stdout).toContain('layers 28×28×1 → conv:4:1 → conv:8 → 20');
  });

  it('tells what the layers are', async () => {
    const { stdout } = await runHff(folder, ['info', 'm.safetensors']);
    expect(stdout).toContain('layers    28×28×1 → conv:4:1 → conv:8 → 20 (votes)');
  });

  it('exports them as int8, which decide the same', async () => {
    const small = ['--int8', '--out', 'small.safetensors'];
    expect((await runHff(folder, ['export', 'm.safetensors', ...small])).code).toBe(0);
    const accuracies = await Promise.all(
      ['m', 'small'].map(async (name) => {
        const { stdout } = await runHff(folder, [
          'eval',
          `${name}.safetensors`,
          '--data',
          'drawn',
          '--json',
        ]);
        return JSON.parse(stdout).accuracy as number;
      }),
    );
    expect(Math.abs((accuracies[0] as number) - (accuracies[1] as number))).toBeLessThan(0.05);
    expect(accuracies[0]).toBeGreaterThan(0.5);
  });

  it.each([
    ['conv:4,conv:4,conv:4,conv:4,conv:4', 'network.layers.4: expected padding < kernel'],
    ['20,conv:4', 'network.layers.1.inputs: expected 20, got 784'],
  ])('refuses %s', async (layers, message) => {
    const { code, stderr } = await runHff(folder, ['train', '--data', 'drawn', '--layers', layers]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
