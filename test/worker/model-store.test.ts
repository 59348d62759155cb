import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { type RunningWorker, startWorker, withStoredModels } from '../support/start-worker.ts';
import { type ClassifyAnswer, post } from './post-samples.ts';
import { digitsPath, makeAssets } from './serve-digits.ts';

let assets: string;
let state: string;

beforeEach(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-state-'));
});

afterEach(async () => {
  await rm(assets, { recursive: true });
  await rm(state, { recursive: true });
});

/** Runs a Worker on the state that the test has so far. */
async function serve<T>(use: (worker: RunningWorker) => Promise<T>): Promise<T> {
  const worker = await startWorker({ assets, state });
  try {
    return await use(worker);
  } finally {
    await worker.stop();
  }
}

const blank = post('application/octet-stream', new Uint8Array(784));

const classify = async ({ url }: RunningWorker, name = 'digits') => {
  const response = await fetch(`${url}/v1/models/${name}/classify?topK=1`, blank);
  const body = (await response.json()) as ClassifyAnswer & { code?: string; detail?: string };
  return { status: response.status, ...body };
};

const storedKeys = () =>
  withStoredModels(state, async (models) => (await models.list()).keys.map(({ name }) => name));

const assetPath = () => join(assets, 'models/digits.safetensors');

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The digits model with other class names, which tell it apart. */
async function renamedModel(prefix: string, version: number): Promise<Uint8Array> {
  const { spec, weights } = readSnapshot(await readFile(digitsPath));
  const labels = spec.labels.map((label) => prefix + label);
  return writeSnapshot({ spec: { ...spec, version, labels }, weights }, 'float16');
}

/** The version that every route tells. */
async function toldVersion(worker: RunningWorker): Promise<number> {
  const { model } = await classify(worker);
  const read = async (path: string) => (await fetch(worker.url + path)).json();
  const described = (await read('/v1/models/digits')) as { version: number };
  const { models } = (await read('/v1/models')) as { models: { name: string; version: number }[] };
  expect(described).toMatchObject({ name: 'digits', version: model.version });
  expect(models).toEqual([
    { name: 'digits', version: model.version, sizeBytes: expect.any(Number) },
  ]);
  return model.version;
}

test('seeds the default model once, for requests that come together and after a restart', async () => {
  const snapshot = await readFile(digitsPath);
  const { version } = readSnapshot(snapshot).spec;
  const first = await serve((worker) =>
    Promise.all(Array.from({ length: 12 }, () => classify(worker))),
  );
  for (const answer of first) expect(answer).toMatchObject({ status: 200, model: { version } });
  const keys = [`model/public/digits/${sha256(snapshot)}`, 'pointer/public/digits'];
  expect(await storedKeys()).toEqual(keys);
  expect(await serve(classify)).toEqual(first[0]);
  expect(await storedKeys()).toEqual(keys);

  await rm(join(assets, 'models'), { recursive: true });
  expect(await serve(classify)).toEqual(first[0]);
  expect(await storedKeys()).toEqual(keys);
});

test('publishes the model of a later deployment as the next version', async () => {
  const { version } = readSnapshot(await readFile(digitsPath)).spec;
  expect(await serve(toldVersion)).toBe(version);
  await writeFile(assetPath(), await renamedModel('new ', version));
  await serve(async (worker) => {
    const together = await Promise.all(Array.from({ length: 6 }, () => classify(worker)));
    for (const { results } of together) expect(results[0]?.label).toMatch(/^new \d$/);
    expect(await toldVersion(worker)).toBe(version + 1);
  });
  await writeFile(assetPath(), await renamedModel('newer ', version + 7));
  expect(await serve(toldVersion)).toBe(version + 7);
  await writeFile(assetPath(), await readFile(digitsPath));
  expect(await serve(toldVersion)).toBe(version + 8);
  expect((await storedKeys()).filter((key) => key.startsWith('model/'))).toHaveLength(3);
});

test('stays at its version when a later deployment brings a broken model', async () => {
  const before = await serve(classify);
  const keys = await storedKeys();
  await writeFile(assetPath(), 'no model');
  expect(await serve(classify)).toEqual(before);
  expect(await storedKeys()).toEqual(keys);
});

test('leaves a version alone that somebody else published', async () => {
  const snapshot = await renamedModel('learned ', 3);
  const pointer = JSON.stringify({ version: 9, sizeBytes: snapshot.length });
  await withStoredModels(state, async (models) => {
    await models.put('model/public/digits/9', snapshot);
    await models.put('pointer/public/digits', pointer);
  });
  await serve(async (worker) => {
    expect((await classify(worker)).results[0]?.label).toMatch(/^learned \d$/);
    expect(await toldVersion(worker)).toBe(9);
  });
  expect(await storedKeys()).toEqual(['model/public/digits/9', 'pointer/public/digits']);
});

test('follows the pointer to a version, and lists every model', async () => {
  const snapshot = await readFile(digitsPath);
  const names = Array.from({ length: 130 }, (_, i) => `model-${String(i).padStart(3, '0')}`);
  await withStoredModels(state, async (models) => {
    await models.put('model/public/other/7', snapshot);
    for (const name of ['other', ...names]) {
      await models.put(`pointer/public/${name}`, JSON.stringify({ version: 7, sizeBytes: 5 }));
    }
  });
  await serve(async (worker) => {
    expect(await classify(worker, 'other')).toMatchObject({ status: 200 });
    const response = await fetch(`${worker.url}/v1/models`);
    const { models } = (await response.json()) as { models: { name: string }[] };
    expect(models.map(({ name }) => name).sort()).toEqual(['digits', ...names, 'other']);
  });
});

test('keeps serving when more models are used than it keeps in memory', async () => {
  const snapshot = await readFile(digitsPath);
  const names = Array.from({ length: 6 }, (_, i) => `copy-${i}`);
  await withStoredModels(state, async (models) => {
    for (const name of names) {
      await models.put(`model/public/${name}/1`, snapshot);
      await models.put(`pointer/public/${name}`, JSON.stringify({ version: 1, sizeBytes: 5 }));
    }
  });
  await serve(async (worker) => {
    const rounds = [...names, ...names, ...names].map((name) => classify(worker, name));
    for (const { status } of await Promise.all(rounds)) expect(status).toBe(200);
    for (const name of [...names, ...names]) {
      expect(await classify(worker, name)).toMatchObject({ status: 200, model: { name } });
    }
  });
});

test('says when a version has not arrived, and forgets that it failed', async () => {
  const snapshot = await readFile(digitsPath);
  await withStoredModels(state, (models) =>
    models.put('pointer/public/late', JSON.stringify({ version: 2, sizeBytes: 5 })),
  );
  await serve(async (worker) => {
    const early = await classify(worker, 'late');
    expect(early).toMatchObject({ status: 503, code: 'model/unavailable' });
    await withStoredModels(state, (models) => models.put('model/public/late/2', snapshot));
    expect(await classify(worker, 'late')).toMatchObject({ status: 200 });
  });
});

test('keeps the reason of its own faults to the log', async () => {
  await withStoredModels(state, async (models) => {
    await models.put('pointer/public/broken', JSON.stringify({ version: 1, sizeBytes: 5 }));
    await models.put('model/public/broken/1', new Uint8Array([1, 2, 3]));
    await models.put('pointer/public/odd', '{"version":"one"}');
  });
  await serve(async (worker) => {
    const broken = await classify(worker, 'broken');
    expect(broken).toMatchObject({ status: 500, code: 'snapshot/malformed' });
    expect(broken.detail).toMatch(/request id [\w-]{36}/);
    const odd = await classify(worker, 'odd');
    expect(odd).toMatchObject({ status: 500, code: 'server/fault' });
    expect(odd.detail).toMatch(/request id [\w-]{36}/);
    expect(await classify(worker)).toMatchObject({ status: 200 });
  });
});

test('says so when the default model is not deployed', async () => {
  await rm(join(assets, 'models'), { recursive: true });
  await serve(async (worker) => {
    expect(await classify(worker)).toMatchObject({ status: 500, code: 'server/fault' });
    expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  });
});
