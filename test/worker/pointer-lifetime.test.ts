/** What an isolate makes of pointers that change while it runs. It reads them every 30 s. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, withStoredModels } from '../support/start-worker.ts';
import { type ClassifyAnswer, post } from './post-samples.ts';
import { digitsPath, makeAssets } from './serve-digits.ts';

const rereadAfterMs = 31_000;

let assets: string;
let state: string;

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-state-'));
});

afterAll(async () => {
  await rm(assets, { recursive: true });
  await rm(state, { recursive: true });
});

test('follows a newer version, and does not seed again when the pointer seems to be missing', async () => {
  const snapshot = await readFile(digitsPath);
  const publishOther = (version: number) =>
    withStoredModels(state, async (models) => {
      await models.put(`model/public/other/${version}`, snapshot);
      await models.put(
        'pointer/public/other',
        JSON.stringify({ version, sizeBytes: snapshot.length }),
      );
    });
  await publishOther(1);
  const worker = await startWorker({ assets, state });
  try {
    const version = async (name: string) => {
      const body = post('application/octet-stream', new Uint8Array(784));
      const response = await fetch(`${worker.url}/v1/models/${name}/classify`, body);
      return ((await response.json()) as ClassifyAnswer).model.version;
    };
    const seeded = await version('digits');
    expect(await version('other')).toBe(1);
    await publishOther(2);
    await withStoredModels(state, (models) => models.delete('pointer/public/digits'));
    await wait(rereadAfterMs);
    expect(await version('other')).toBe(2);
    expect(await version('digits')).toBe(seeded);
    const pointer = await withStoredModels(state, (models) => models.get('pointer/public/digits'));
    expect(pointer).toBeNull();
  } finally {
    await worker.stop();
  }
}, 90_000);
