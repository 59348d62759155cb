/** `hff statistics` gives a model what it learns on, as `hff train` does. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { loadModel, type Storage } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

let folder: string;
const hff = (...args: string[]) => runHff(folder, args);
const file = (name: string) => readFile(join(folder, name));

/** Takes head and statistics out of a file. */
async function strip(name: string, out: string, storage: Storage): Promise<void> {
  const { spec, weights } = readSnapshot(await file(name));
  const { statistics: _, ...rest } = spec;
  const layers = [...weights].filter(([tensor]) => tensor.startsWith('layers.'));
  const snapshot = { spec: rest, weights: new Map(layers) };
  await writeFile(join(folder, out), writeSnapshot(snapshot, storage));
}

beforeAll(async () => {
  folder = await drawDigits();
  for (const storage of ['float32', 'int8']) {
    const trained = await hff(
      'train',
      ...quick,
      '--epochs',
      '3',
      '--storage',
      storage,
      '--out',
      storage,
    );
    expect(trained.code).toBe(0);
  }
});

afterAll(() => rm(folder, { recursive: true }));

it.each(['float32', 'int8'] as const)('as training left them, in %s', async (storage) => {
  await strip(storage, 'bare', storage);
  expect((await file('bare')).length).toBeLessThan((await file(storage)).length);
  const { code, stdout, stderr } = await hff(
    'statistics',
    'bare',
    '--data',
    'drawn',
    '--out',
    'told',
  );
  expect(stderr).not.toContain('hff:');
  expect(code).toBe(0);
  expect(stdout).toMatch(/told: [\d.]+ kB/);
  expect(await file('told')).toEqual(await file(storage));
});

it('so that a model learns', async () => {
  const model = await loadModel(join(folder, 'int8'));
  const { spec } = model;
  expect(spec.statistics?.counts.reduce((sum, count) => sum + count, 0)).toBe(
    spec.training?.samples,
  );
  await model.learn(mnistDigit(4, 99), 'my four');
  expect((await model.classify(mnistDigit(4, 99))).label).toBe('my four');
});

it.each([
  ['no model', ['none', '--data', 'drawn', '--out', 'x'], '[data/not-found]'],
  ['no data', ['float32', '--data', 'nowhere', '--out', 'x'], 'data/not-found'],
  ['no place to write', ['float32', '--data', 'drawn', '--out', 'no/such/x'], 'ENOENT'],
  [
    'a folder of pictures as a model',
    ['drawn', '--data', 'drawn', '--out', 'x'],
    '[data/not-found]',
  ],
])('refuses %s', async (_, args, code) => {
  const ended = await hff('statistics', ...args);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(code);
  expect(ended.stderr).not.toContain('    at ');
  await expect(file('x')).rejects.toThrow('ENOENT');
});

it('refuses data of other classes', async () => {
  await hff('train', ...quick, '--epochs', '1', '--out', 'm');
  const { spec, weights } = readSnapshot(await file('m'));
  const labels = spec.labels.with(4, 'four');
  await writeFile(
    join(folder, 'm'),
    writeSnapshot({ spec: { ...spec, labels }, weights }, 'float32'),
  );
  const ended = await hff('statistics', 'm', '--data', 'drawn', '--out', 'x');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('[data/labels]');
});
