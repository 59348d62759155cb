/** `hff eval --flip --shift`: images seen in several ways; refused for what is no image. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

let folder: string;

beforeAll(async () => {
  folder = await drawDigits();
});

afterAll(() => rm(folder, { recursive: true }));

describe('a model of images', () => {
  const evaluate = ['eval', 'm.safetensors', '--data', 'drawn'];

  beforeAll(async () => {
    const train = ['train', ...quick, '--epochs', '3', '--out', 'm.safetensors'];
    expect((await runHff(folder, train)).code).toBe(0);
  });

  it.each([
    ['--flip', ', each mirrored too'],
    ['--shift 2', ', each moved by 2 to all sides too'],
    ['--flip --shift 1', ', each mirrored too, each moved by 1 to all sides too'],
  ])('decides by all views that %s asks for', async (options, told) => {
    const views = options.split(' ');
    const { stdout } = await runHff(folder, [...evaluate, ...views]);
    expect(stdout).toContain(`on 50 samples of drawn (test)${told}\n`);
    const figures = async (...more: string[]) =>
      JSON.parse((await runHff(folder, [...evaluate, '--json', ...more])).stdout);
    const together = await figures(...views);
    expect(together.samples).toBe(50);
    expect(together.confusion).not.toEqual((await figures()).confusion);
  });

  it.each([
    ['28', 'shift: expected 0 to 27, got 28.'],
    ['-1', 'Expected a whole number from 0.'],
    ['half', 'Expected a whole number from 0.'],
  ])('refuses --shift %s', async (shift, message) => {
    const { code, stderr } = await runHff(folder, [...evaluate, `--shift=${shift}`]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});

it.each(['--flip', '--shift=1'])('refuses rows of a table with %s', async (option) => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'a' : 'b'},${i},${(i % 2) * 9}`);
  await writeFile(join(folder, 'table.csv'), ['label,x,y', ...rows].join('\n'));
  const table = ['--data', 'table.csv'];
  const train = ['train', ...table, '--layers', '8', '--epochs', '1', '--out', 't.safetensors'];
  expect((await runHff(folder, train)).code).toBe(0);
  const evaluate = ['eval', 't.safetensors', ...table, '--split', 'train'];
  expect((await runHff(folder, evaluate)).code).toBe(0);
  const { code, stderr } = await runHff(folder, [...evaluate, option]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hff: \w+: expected images to see .*2×1.*\[option\/invalid\]\n$/);
});
