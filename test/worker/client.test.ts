/** The typed client, against the Worker. Its types need those of Workers, which tests do without. */
import { rm } from 'node:fs/promises';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mnistDigit } from '../support/render-digit.ts';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';
import { makeAssets } from './serve-digits.ts';

const path: string = '../../worker/src/client.ts';
const { createClient } = await import(path);

let assets: string;
let worker: RunningWorker;
beforeAll(async () => {
  assets = await makeAssets();
  worker = await startWorker({ assets });
});
afterAll(async () => {
  await worker?.stop();
  await rm(assets, { recursive: true, force: true });
});

it('classifies an image', async () => {
  const digit = mnistDigit(4, 30_000);
  const png = encode({ width: 28, height: 28, data: digit, channels: 1, depth: 8 });
  const models = createClient(worker.url).v1.models;
  const answer = await models[':name'].classify.$post(
    { param: { name: 'digits' } },
    { init: { body: png as BodyInit }, headers: { 'Content-Type': 'image/png' } },
  );
  expect(answer.status).toBe(200);
  const { results } = await answer.json();
  expect(results[0].label).toBe('4');
});

it('sends its key', async () => {
  const answer = await createClient(worker.url, 'hff_none').v1.me.$get();
  expect(answer.status).toBe(401);
});
