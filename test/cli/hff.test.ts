/** The `hff` command as a process: what it prints, what it writes, how it ends. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDigit } from '../support/render-digit.ts';
import { drawDigits } from './draw-digits.ts';
import { type Ended, type OnOutput, quick, runHff } from './run-hff.ts';

let folder: string;

const hff = (args: string[], onOutput?: OnOutput): Promise<Ended> => runHff(folder, args, onOutput);

beforeAll(async () => {
  folder = await drawDigits();
  await writeFile(join(folder, 'four.png'), encode({ ...renderDigit(4, 77, 200), channels: 1 }));
});

afterAll(() => rm(folder, { recursive: true }));

describe('hff', () => {
  it('trains, evaluates, tells, classifies and exports', async () => {
    const trained = await hff([
      'train',
      ...quick,
      '--epochs',
      '12',
      '--learning-rate',
      '0.01',
      '--no-augment',
      '--no-turns',
      '--no-fields',
      '--out',
      'drawn.safetensors',
    ]);
    expect(trained.stderr).toBe('');
    expect(trained.stdout).toMatch(/epoch 12\/12 .* held out/);
    expect(trained.stdout).toMatch(/drawn\.safetensors: .*epoch \d+ of 12, test accuracy/);
    expect(trained.code).toBe(0);
    expect(existsSync(join(folder, 'drawn.safetensors.checkpoint'))).toBe(false);

    const evaluated = await hff(['eval', 'drawn.safetensors', '--data', 'drawn', '--json']);
    const { accuracy, samples } = JSON.parse(evaluated.stdout);
    expect(samples).toBe(50);
    expect(accuracy).toBeGreaterThan(0.8);
    expect((await hff(['eval', 'drawn.safetensors', '--data', 'drawn'])).stdout).toContain(
      'confusion',
    );

    const told = JSON.parse((await hff(['info', 'drawn.safetensors', '--json'])).stdout);
    expect(told).toMatchObject({
      name: 'drawn',
      labels: [...'0123456789'],
      parameterCount: 28_096,
    });
    expect(told.training.testAccuracy).toBeCloseTo(accuracy, 10);
    expect((await hff(['info', 'drawn.safetensors'])).stdout).toContain('784 → 32 → 32 (votes)');

    const classified = await hff([
      'classify',
      'drawn.safetensors',
      'four.png',
      '--top-k',
      '2',
      '--json',
    ]);
    const { file, label, scores } = JSON.parse(classified.stdout);
    expect([file, scores.length, label === scores[0].label]).toEqual(['four.png', 2, true]);

    const exported = await hff(['export', 'drawn.safetensors', '--out', 'half.safetensors']);
    expect(exported.code).toBe(0);
    const [whole, half] = await Promise.all(
      ['drawn', 'half'].map((name) => readFile(join(folder, `${name}.safetensors`))),
    );
    expect(half?.length).toBeLessThan((whole?.length as number) * 0.6);
  });

  it('keeps the best so far on Ctrl-C and resumes to the same model', async () => {
    const args = [...quick, '--epochs', '20', '--seed', '9', '--json'];
    const whole = await hff(['train', ...args, '--name', 'm', '--out', 'whole.safetensors']);
    expect(whole.code).toBe(0);
    const epochs = (text: string) =>
      text.split('\n').filter((line) => line.includes('"epoch"')).length;
    const stopped = await hff(
      ['train', ...args, '--name', 'm', '--out', 'cut.safetensors'],
      (text, kill) => {
        if (epochs(text) >= 2) kill();
      },
    );
    expect(stopped.code).toBe(0);
    expect(epochs(stopped.stdout)).toBeLessThan(20);
    expect(JSON.parse(stopped.stdout.trim().split('\n').at(-1) as string)).toMatchObject({
      finished: false,
    });
    expect((await hff(['info', 'cut.safetensors'])).code).toBe(0);
    const resumed = await hff(['train', '--resume', '--out', 'cut.safetensors', '--json']);
    expect(resumed.code).toBe(0);
    expect(await readFile(join(folder, 'cut.safetensors'))).toEqual(
      await readFile(join(folder, 'whole.safetensors')),
    );
  });

  const failures: [string, string[], string][] = [
    ['no such model', ['info', 'none.safetensors'], 'data/not-found'],
    ['a model that is none', ['info', 'four.png'], 'snapshot/malformed'],
    ['no such data', ['train', '--data', 'nowhere'], 'data/not-found'],
    ['no data named', ['train'], 'option/invalid'],
    ['nothing to resume', ['train', '--resume', '--out', 'new.safetensors'], 'data/not-found'],
  ];
  it.each(failures)('refuses %s', async (_, args, code) => {
    const { code: status, stderr } = await hff(args);
    expect(status).toBe(1);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).not.toContain('    at ');
    const json = await hff([...args, '--json']);
    expect(JSON.parse(json.stdout).error.code).toBe(code);
  });

  it('refuses images that are none, after those before them', async () => {
    await writeFile(join(folder, 'broken.png'), 'not an image');
    const { code, stdout, stderr } = await hff([
      'classify',
      'drawn.safetensors',
      'four.png',
      'broken.png',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('four.png');
    expect(stderr).toContain('[input/image]');
  });

  it.each([
    ['--epochs', '0'],
    ['--epochs', 'many'],
    ['--dropout', '1'],
    ['--learning-rate', '0'],
    ['--layers', '10,,10'],
    ['--voters', '1,,0'],
    ['--storage', 'int3'],
  ])('refuses %s %s', async (option, value) => {
    const { code, stderr } = await hff(['train', ...quick, option, value]);
    expect(code).toBe(1);
    expect(stderr).toContain(option);
  });

  it('helps with examples', async () => {
    for (const args of [['--help'], ['train', '--help'], ['classify', '--help']]) {
      const { code, stdout } = await hff(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples?:/);
    }
  });
});
