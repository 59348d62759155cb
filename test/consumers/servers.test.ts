/** Projects for Node, Deno, Bun and workerd, from the packed package to a lesson taken there. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import { quietDev } from '../support/quiet-dev.ts';
import { type Packed, packSdk } from './install-consumer.ts';
import { taken } from './lesson.ts';

const run = promisify(execFile);
const command = (name: string): string =>
  fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));

let packed: Packed;

beforeAll(async () => {
  packed = await packSdk();
});

afterAll(async () => {
  await packed?.remove();
});

it.each([
  ['Node', process.execPath, ['main.js']],
  ['Node, from CommonJS', process.execPath, ['main.cjs']],
  ['Bun', command('bun'), ['run', 'main.js']],
  ['Deno', command('deno'), ['run', '--no-remote', '--node-modules-dir=manual', '-A', 'main.js']],
])('%s', async (_, program, args) => {
  const cwd = await packed.install('node');
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1' };
  const { stdout, stderr } = await run(program, args, { cwd, env });
  expect(JSON.parse(stdout)).toEqual(taken);
  expect(stderr).toBe('');
});

it('a Worker', async () => {
  const folder = await packed.install('worker');
  const worker = await unstable_startWorker({
    config: join(folder, 'wrangler.toml'),
    dev: quietDev,
  });
  try {
    await worker.ready;
    const response = await fetch(await worker.url);
    expect(await response.json()).toEqual(taken);
  } finally {
    await worker.dispose();
  }
});
