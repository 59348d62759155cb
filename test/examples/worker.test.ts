/** The example for Workers, in workerd. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import { quietDev } from '../support/quiet-dev.ts';

const examples = new URL('../../examples/', import.meta.url);
let worker: Awaited<ReturnType<typeof unstable_startWorker>>;

beforeAll(async () => {
  worker = await unstable_startWorker({
    config: fileURLToPath(new URL('models-as-data.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL('worker.ts', examples)),
    dev: quietDev,
  });
  await worker.ready;
});

afterAll(() => worker?.dispose());

const post = async (body: Uint8Array<ArrayBuffer>) =>
  fetch(await worker.url, { method: 'POST', body });

it('tells what an image shows', async () => {
  const response = await post(new Uint8Array(await readFile(new URL('seven.png', examples))));
  expect(await response.json()).toMatchObject({ label: '7', unknown: false });
});

it('tells what is wrong with what is none', async () => {
  const response = await post(new Uint8Array(8));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ code: 'input/image' });
});
