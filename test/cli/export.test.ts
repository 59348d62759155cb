/** `hff export` in every number format, and what `hff info` tells of the files. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

/** Of 784 → 32 → 32 with 3 prototypes for each of 10 classes. */
const weights = 784 * 32 + 32 * 32;
const scales = 784 + 32;
const others = 2 * (32 + 30 * 32);
/** Head and statistics of 10 classes, 64 features and as many directions. */
const directions = 64 * 64;
const rows = 2 * 10 * 64;
const exact = 4 * 10 + 64;

let folder: string;
const hff = (...args: string[]) => runHff(folder, args);
const json = async (...args: string[]) => JSON.parse((await hff(...args, '--json')).stdout);
const file = (name: string) => readFile(join(folder, name));

beforeAll(async () => {
  folder = await drawDigits();
  await hff('train', ...quick, '--epochs', '12', '--learning-rate', '0.01', '--out', 'm');
});

afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['float32', { float32: 4 * (weights + others + directions + rows + exact) }],
  ['float16', { float16: 2 * (weights + others + directions + rows), float32: 4 * exact }],
  ['int8', { int8: weights + directions, float32: 4 * (scales + others + 64 + rows + exact) }],
])('exports in %s and tells the sizes', async (storage, numberBytes) => {
  const exported = await json('export', 'm', '--storage', storage, '--out', storage);
  const sizeBytes = (await file(storage)).length;
  expect(exported).toEqual({ out: storage, storage, sizeBytes });
  expect(await json('info', storage)).toMatchObject({
    parameterCount: weights + others,
    storage,
    sizeBytes,
    numberBytes,
  });
  const told = await hff('info', storage);
  expect(told.stdout).toMatch(new RegExp(`^stored +as ${storage}: ${storage} [\\d.]+ kB`, 'm'));
  const { accuracy } = await json('eval', 'm', '--data', 'drawn');
  const again = await json('eval', storage, '--data', 'drawn');
  expect(Math.abs(again.accuracy - accuracy)).toBeLessThanOrEqual(0.02);
});

it('exports in float16 unless told otherwise, and in int8 for short', async () => {
  expect(await json('export', 'm', '--out', 'preset')).toMatchObject({ storage: 'float16' });
  expect(await json('export', 'm', '--int8', '--out', 'short')).toMatchObject({ storage: 'int8' });
  await hff('export', 'm', '--storage', 'int8', '--out', 'long');
  expect(await file('short')).toEqual(await file('long'));
});

it('refuses --int8 together with --storage', async () => {
  const ended = await hff('export', 'm', '--int8', '--storage', 'float16', '--out', 'both');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/'--int8' cannot be used with option '--storage <type>'/);
  await expect(file('both')).rejects.toThrow('ENOENT');
});

it('exports nothing to where it cannot write', async () => {
  const ended = await hff('export', 'm', '--out', 'missing/m.safetensors');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(
    /^hff: missing\/m\.safetensors: cannot be written \(ENOENT.*\[option\/invalid\]\n$/,
  );
});

it('trains to int8 and tests what it has stored', async () => {
  const args = [...quick, '--epochs', '3', '--storage', 'int8', '--out', 'small'];
  expect(await hff('train', ...args)).toMatchObject({ code: 0, stderr: '' });
  const told = await json('info', 'small');
  expect(told.storage).toBe('int8');
  const { accuracy } = await json('eval', 'small', '--data', 'drawn');
  expect(told.training.testAccuracy).toBe(accuracy);
});

it('helps with an example of int8', async () => {
  expect((await hff('export', '--help')).stdout).toMatch(/\$ hff export \S+ --int8 --out \S+/);
});
