/** `hff info` where the model is unusual. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

let folder: string;
const hff = (...args: string[]) => runHff(folder, args);

beforeAll(async () => {
  folder = await drawDigits();
  await hff('train', ...quick, '--epochs', '1', '--out', 'm.safetensors');
});

afterAll(() => rm(folder, { recursive: true }));

it('tells of a model at an address all but how it is stored', async () => {
  const bytes = await readFile(join(folder, 'm.safetensors'));
  const server = createServer((_, response) => response.end(bytes)).listen(0);
  try {
    const address = `http://localhost:${(server.address() as AddressInfo).port}/${'m'.repeat(300)}`;
    const ended = await hff('info', address);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^m, version 1, \d+ parameters\n/);
    const json = JSON.parse((await hff('info', address, '--json')).stdout);
    expect(json).toMatchObject({ name: 'm', training: { bestEpoch: 1 } });
    for (const key of ['storage', 'sizeBytes', 'numberBytes']) expect(json).not.toHaveProperty(key);
  } finally {
    server.close();
  }
  expect((await hff('info', 'm.safetensors')).stdout).toMatch(/version 1, [\d.]+ kB, \d+ param/);
});

it('tells the epoch and an accuracy of nothing', async () => {
  const { spec, weights } = readSnapshot(await readFile(join(folder, 'm.safetensors')));
  if (!spec.training) throw new Error('a trained model has a training record');
  const training = { ...spec.training, epochs: 10, bestEpoch: 9, testAccuracy: 0 };
  const bytes = writeSnapshot({ spec: { ...spec, training }, weights }, 'float32');
  await writeFile(join(folder, 'zero.safetensors'), bytes);
  expect((await hff('info', 'zero.safetensors')).stdout).toMatch(
    / epoch 9 of 10, seed 1, test accuracy 0\.00 %/,
  );
});
