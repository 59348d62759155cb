/** Devices with a model on features of a backbone meet at the Worker, which answers by what they taught. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { featureModel } from '../../sdk/src/features.ts';
import { openModel } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';
import { makeKeys } from '../worker/keys.ts';
import { makeAssets } from '../worker/serve-digits.ts';
import { dimensions, embedding } from './backbone.ts';

const source = featureModel({ name: 'drawn', dimensions, of: 'digits' });

let assets: string;
let state: string;
let worker: RunningWorker;
let authorization: string;

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-features-'));
  const [admin] = await makeKeys(state, [['acme', 'admin']]);
  authorization = admin?.bearer ?? '';
  worker = await startWorker({ assets, state });
});

afterAll(async () => {
  await worker?.stop();
  for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
});

it('joins them, and classifies over HTTP', async () => {
  const url = `${worker.url}/v1/models/drawn`;
  const put = await fetch(`${url}/snapshot`, {
    method: 'PUT',
    headers: { Authorization: authorization, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(source),
  });
  expect([put.status, await put.text()]).toEqual([200, expect.any(String)]);

  const device = () => openModel('drawn', { store: memoryStore(), source });
  const [phone, laptop] = [await device(), await device()];
  for (const hand of [1, 2, 3]) await phone.learn(embedding(4, hand), 'four');
  for (const hand of [1, 2, 3]) await laptop.learn(embedding(7, hand), 'seven');
  const token = authorization.slice('Bearer '.length);
  await phone.sync(`${url}/sync`, { token });
  await laptop.sync(`${url}/sync`, { token });
  await phone.sync(`${url}/sync`, { token });
  expect((await phone.classify(embedding(7, 40))).label).toBe('seven');
  expect(await phone.classes()).toEqual(await laptop.classes());

  await expect
    .poll(
      async () => {
        const response = await fetch(`${url}/classify`, {
          method: 'POST',
          headers: { Authorization: authorization, 'Content-Type': 'application/json' },
          body: JSON.stringify({ inputs: [[...embedding(4, 40)], [...embedding(7, 40)]] }),
        });
        const { results = [] } = await response.json();
        return results.map(({ label }: { label: string }) => label);
      },
      { timeout: 60_000, interval: 500 },
    )
    .toEqual(['four', 'seven']);
});
