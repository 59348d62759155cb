/** The examples for Node do what they say, as commands. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker } from '../support/start-worker.ts';
import { makeKeys } from '../worker/keys.ts';
import { makeAssets } from '../worker/serve-digits.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hff-examples-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What an example prints, line by line. */
async function printed(name: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(examples, name), ...args]);
  return stdout.trimEnd().split('\n');
}

it('are short', async () => {
  for (const name of await readdir(examples)) {
    if (!name.endsWith('.ts')) continue;
    const text = await readFile(join(examples, name), 'utf8');
    expect(text.trimEnd().split('\n').length, name).toBeLessThanOrEqual(25);
  }
});

it('node.ts keeps what it learned', async () => {
  const args = [join(examples, 'lambda.png'), 'lambda', join(folder, 'learned')];
  expect(await printed('node.ts', ...args)).toEqual(['before: unknown', 'after: lambda']);
  expect(await printed('node.ts', ...args)).toEqual(['before: lambda', 'after: lambda']);
});

it('features.ts', async () => {
  expect(await printed('features.ts')).toEqual(['English']);
});

it('knn.ts', async () => {
  const [decision, size] = await printed('knn.ts');
  expect(decision).toMatch(/^tomato /);
  expect(size).toMatch(/^\d+ bytes to keep$/);
});

it('import-export.ts', async () => {
  expect(await printed('import-export.ts', folder)).toEqual(['lambda', 'lambda', 'lambda']);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['kept', 'mine.safetensors']));
});

it('sync.ts', async () => {
  const [assets, state] = [await makeAssets(), join(folder, 'state')];
  const [key] = await makeKeys(state, [['acme', 'learn']]);
  const worker = await startWorker({ assets, state });
  try {
    const token = key?.bearer.slice('Bearer '.length) ?? '';
    expect(await printed('sync.ts', worker.url, token)).toEqual(['lambda']);
  } finally {
    await worker.stop();
    await rm(assets, { recursive: true });
  }
});
