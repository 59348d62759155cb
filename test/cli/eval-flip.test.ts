/** `hff eval --flip`: images with their mirror images; refused for what is no image. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

let folder: string;

beforeAll(async () => {
  folder = await drawDigits();
});

afterAll(() => rm(folder, { recursive: true }));

it('decides by both', async () => {
  const train = ['train', ...quick, '--epochs', '3', '--out', 'm.safetensors'];
  expect((await runHff(folder, train)).code).toBe(0);
  const evaluate = ['eval', 'm.safetensors', '--data', 'drawn'];
  const { stdout } = await runHff(folder, [...evaluate, '--flip']);
  expect(stdout).toContain('on 50 samples of drawn (test), each mirrored too\n');
  const figures = async (...more: string[]) =>
    JSON.parse((await runHff(folder, [...evaluate, '--json', ...more])).stdout);
  const flipped = await figures('--flip');
  expect(flipped.samples).toBe(50);
  expect(flipped.confusion).not.toEqual((await figures()).confusion);
});

it('refuses rows of a table', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'a' : 'b'},${i},${(i % 2) * 9}`);
  await writeFile(join(folder, 'table.csv'), ['label,x,y', ...rows].join('\n'));
  const table = ['--data', 'table.csv'];
  const train = ['train', ...table, '--layers', '8', '--epochs', '1', '--out', 't.safetensors'];
  expect((await runHff(folder, train)).code).toBe(0);
  const evaluate = ['eval', 't.safetensors', ...table, '--split', 'train'];
  expect((await runHff(folder, evaluate)).code).toBe(0);
  const { code, stderr } = await runHff(folder, [...evaluate, '--flip']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hff: flip: expected images to mirror, .*2×1.*\[option\/invalid\]\n$/);
});
