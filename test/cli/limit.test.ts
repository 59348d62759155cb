/** `hff train --limit`: learns from some samples of each class, the same ones when taken up again. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkpointPlan } from '../../sdk/src/node.ts';
import { drawDigits } from './draw-digits.ts';
import { type Ended, type OnOutput, quick, runHff } from './run-hff.ts';

let folder: string;

const hff = (args: string[], onOutput?: OnOutput): Promise<Ended> => runHff(folder, args, onOutput);
const train = (...args: string[]) => ['train', ...quick, '--seed', '7', '--name', 'm', ...args];

beforeAll(async () => {
  folder = await drawDigits();
});

afterAll(() => rm(folder, { recursive: true }));

it('records the limit, and resumes with the samples that it drew', async () => {
  const twelve = ['--limit', '12', '--epochs', '15', '--json'];
  expect(await hff(train(...twelve, '--out', 'whole.safetensors'))).toMatchObject({ code: 0 });
  const { training, statistics } = JSON.parse(
    (await hff(['info', 'whole.safetensors', '--json'])).stdout,
  );
  // A twentieth of 120 is held back.
  expect(training).toMatchObject({ limit: 12, samples: 114, seed: 7 });
  expect(statistics.counts.reduce((sum: number, count: number) => sum + count)).toBe(114);
  expect((await hff(['info', 'whole.safetensors'])).stdout).toContain(
    '114 samples of up to 12 per class',
  );

  const stopped = await hff(train(...twelve, '--out', 'cut.safetensors'), (text, interrupt) => {
    if (text.includes('"epoch"')) interrupt();
  });
  expect(stopped.code).toBe(0);
  expect(stopped.stdout).toContain('"finished":false');
  const checkpoint = await readFile(join(folder, 'cut.safetensors.checkpoint'));
  expect(checkpointPlan(checkpoint).limit).toBe(12);

  const resume = ['train', '--resume', '--out', 'cut.safetensors'];
  const other = await hff([...resume, '--limit', '13']);
  expect(other.code).toBe(1);
  expect(other.stderr).toMatch(/--limit: expected 12, .*got 13\. .*\[option\/invalid\]/);
  expect((await hff([...resume, '--limit', '12'])).code).toBe(0);
  expect(await readFile(join(folder, 'cut.safetensors'))).toEqual(
    await readFile(join(folder, 'whole.safetensors')),
  );
});

it('refuses what is no number of samples', async () => {
  for (const limit of ['0', '-1', '1.5', 'few']) {
    const { code, stderr } = await hff(train('--limit', limit));
    expect(code).toBe(1);
    expect(stderr).toContain('--limit');
  }
});
