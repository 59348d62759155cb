/** Teaching over HTTP, as a tenant does: learning, forgetting, versions, snapshots. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';
import { caller } from './call.ts';
import { makeKeys, type TestKey } from './keys.ts';
import { digitsPath, makeAssets } from './serve-digits.ts';

let assets: string;
let state: string;
let worker: RunningWorker;
let [learner, admin, other] = [] as unknown as [TestKey, TestKey, TestKey];

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-teach-'));
  [learner, admin, other] = (await makeKeys(state, [
    ['acme', 'learn'],
    ['acme', 'admin'],
    ['other', 'admin'],
  ])) as [TestKey, TestKey, TestKey];
  worker = await startWorker({ assets, state });
});

afterAll(async () => {
  await worker?.stop();
  for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
});

const call = caller(() => worker.url);

/** A mirrored seven is like nothing that the model knows. */
function gamma(hand: number): number[] {
  const seven = mnistDigit(7, 70_000 + hand);
  return Array.from(seven, (_, i) => seven[28 * Math.floor(i / 28) + 27 - (i % 28)] as number);
}

const path = '/models/digits';
const teach = (key: TestKey, label: string, first: number, count = 1, headers = {}) => {
  const inputs = Array.from({ length: count }, (_, i) => gamma(first + i));
  return call(key, 'POST', `${path}/learn`, { inputs, labels: inputs.map(() => label) }, headers);
};

async function published(key: TestKey, version: number): Promise<void> {
  await expect
    .poll(async () => (await call(key, 'GET', `${path}/versions`)).body.versions[0]?.version ?? 0, {
      timeout: 10_000,
    })
    .toBeGreaterThanOrEqual(version);
}

describe('a tenant', () => {
  it('is who its key says', async () => {
    expect((await call(learner, 'GET', '/me')).body).toEqual({
      tenant: 'acme',
      keyId: learner.id,
      scope: 'learn',
    });
    expect((await call(null, 'GET', '/me')).status).toBe(401);
  });

  it('begins with the public model and teaches its own', async () => {
    const before = await call(learner, 'GET', `${path}/classes`);
    expect(before.body.classes).toHaveLength(10);
    const learned = await teach(learner, 'gamma', 0, 8);
    expect(learned.body).toMatchObject({ learned: 8, repeated: false });
    const { version } = learned.body.model;
    expect(version).toBeGreaterThan(before.body.model.version);
    // What was acknowledged is read at once by who asks for it.
    const asked = { inputs: [gamma(100)] };
    const minimum = { 'X-Min-Version': String(version) };
    const classified = await call(learner, 'POST', `${path}/classify`, asked, minimum);
    expect(classified.body.results[0].label).toBe('gamma');
    expect(classified.body.model.version).toBe(version);
    expect(classified.headers.get('ETag')).toBe(`"${version}"`);
    // A moment later by everyone of the tenant, and by nobody else.
    await published(learner, version);
    const soon = () => call(learner, 'POST', `${path}/classify`, asked);
    await expect.poll(async () => (await soon()).body.results[0].label).toBe('gamma');
    // The room refuses as an isolate would.
    const tooMany = await call(
      learner,
      'POST',
      `${path}/classify`,
      { ...asked, topK: 99 },
      { 'X-Min-Version': String(version + 1) },
    );
    expect(tooMany).toMatchObject({ status: 400, body: { code: 'option/invalid' } });
    for (const key of [other, null]) {
      const theirs = await call(key, 'GET', `${path}/classes`);
      expect(theirs.body.classes).toHaveLength(10);
      expect((await call(key, 'POST', `${path}/classify`, asked)).body.model.version).toBe(1);
    }
  });

  it('learns from images and bytes with a label in the query', async () => {
    const bytes = new Uint8Array([...gamma(20), ...gamma(21)]);
    const response = await fetch(`${worker.url}/v1${path}/learn?label=gamma`, {
      method: 'POST',
      headers: { Authorization: learner.bearer, 'Content-Type': 'application/octet-stream' },
      body: bytes,
    });
    expect(await response.json()).toMatchObject({ learned: 2 });
    const { body } = await call(learner, 'GET', `${path}/classes/gamma`);
    expect(body).toEqual({ label: 'gamma', base: 0, learned: 10 });
  });

  it('repeats a request without harm', async () => {
    const headers = { 'Idempotency-Key': 'lesson-1' };
    const first = await teach(learner, 'gamma', 30, 1, headers);
    const again = await teach(learner, 'gamma', 30, 1, headers);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    const misuse = await teach(learner, 'gamma', 30, 2, headers);
    expect([misuse.status, misuse.body.code]).toEqual([422, 'request/repeated']);
    expect((await call(learner, 'GET', `${path}/classes/gamma`)).body.learned).toBe(11);
  });

  it('forgets a sample, renames and forgets classes', async () => {
    const forgotten = await call(learner, 'POST', `${path}/forget`, {
      inputs: [gamma(30)],
      labels: ['gamma'],
    });
    expect(forgotten.status).toBe(200);
    expect((await call(learner, 'GET', `${path}/classes/gamma`)).body.learned).toBe(10);
    expect((await call(learner, 'PUT', `${path}/classes/gamma`, { label: 'Γ' })).status).toBe(403);
    expect((await call(admin, 'PUT', `${path}/classes/gamma`, { label: 'Γ' })).status).toBe(200);
    expect((await call(learner, 'GET', `${path}/classes/gamma`)).status).toBe(404);
    const label = encodeURIComponent('Γ');
    expect((await call(learner, 'GET', `${path}/classes/${label}`)).body.learned).toBe(10);
    expect((await call(admin, 'PUT', `${path}/classes/${label}`, { label: 'gamma' })).status).toBe(
      200,
    );
    await teach(learner, 'passing', 40);
    expect((await call(admin, 'DELETE', `${path}/classes/passing`)).status).toBe(200);
    expect((await call(learner, 'GET', `${path}/classes/passing`)).status).toBe(404);
  });

  it('goes back to a version, and tells who did what', async () => {
    const { body } = await call(learner, 'GET', `${path}/classes`);
    await published(learner, body.model.version);
    const [{ version }] = (await call(learner, 'GET', `${path}/versions`)).body.versions;
    const wrong = await teach(learner, 'wrong', 50, 3);
    await published(learner, wrong.body.model.version);
    const back = await call(admin, 'POST', `${path}/rollback`, { version });
    expect(back.body.model.version).toBeGreaterThan(wrong.body.model.version);
    const after = await call(learner, 'GET', `${path}/classes`);
    expect(after.body.classes).toEqual(body.classes);
    expect((await call(admin, 'POST', `${path}/rollback`, { version: 999_999 })).status).toBe(404);
    const { entries } = (await call(admin, 'GET', `${path}/audit`)).body;
    expect(entries[0]).toMatchObject({ action: 'rollback', keyId: admin.id });
    expect(entries[1]).toMatchObject({
      action: 'learn',
      keyId: learner.id,
      samples: 3,
      labels: ['wrong'],
    });
    const versions = entries.map((entry: { version: number }) => entry.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => Number(b) - Number(a)));
    expect(JSON.stringify(entries)).not.toContain('inputs');
  });

  it('gives the model as a file, in parts and only if new', async () => {
    const url = `${worker.url}/v1${path}/snapshot`;
    const auth = { Authorization: learner.bearer };
    const whole = await fetch(url, { headers: auth });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const model = await loadModel(bytes);
    expect((await model.classes()).find(({ label }) => label === 'gamma')?.learned).toBe(10);
    const etag = whole.headers.get('ETag') as string;
    expect((await fetch(url, { headers: { ...auth, 'If-None-Match': etag } })).status).toBe(304);
    const ranges = [
      ['bytes=0-99', bytes.slice(0, 100)],
      [`bytes=${bytes.length - 7}-`, bytes.slice(-7)],
      ['bytes=-5', bytes.slice(-5)],
    ] as const;
    for (const [range, expected] of ranges) {
      const part = await fetch(url, { headers: { ...auth, Range: range, 'If-Range': etag } });
      expect(part.status).toBe(206);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(expected);
    }
    const beyond = await fetch(url, { headers: { ...auth, Range: `bytes=${bytes.length}-` } });
    expect(beyond.status).toBe(416);
  });

  it('puts another model in its place, and takes it away', async () => {
    const put = (key: TestKey, body: Uint8Array, headers = {}) =>
      fetch(`${worker.url}/v1/models/mine/snapshot`, {
        method: 'PUT',
        headers: {
          Authorization: key.bearer,
          'Content-Type': 'application/octet-stream',
          ...headers,
        },
        body: body as BodyInit,
      });
    const bytes = await (await loadModel(digitsPath)).export();
    expect((await put(admin, bytes.subarray(0, 1000))).status).toBe(422);
    expect((await call(learner, 'GET', '/models/mine')).status).toBe(404);
    const answer = (await (await put(admin, bytes)).json()) as { model: { version: number } };
    await expect
      .poll(async () => (await call(learner, 'GET', '/models/mine/versions')).body.versions.length)
      .toBe(1);
    expect((await call(other, 'GET', '/models/mine')).status).toBe(404);
    expect((await call(learner, 'DELETE', '/models/mine')).status).toBe(403);
    expect((await call(admin, 'DELETE', '/models/mine')).status).toBe(204);
    const again = (await (await put(admin, bytes)).json()) as { model: { version: number } };
    expect(again.model.version).toBeGreaterThan(answer.model.version);
    const named = { 'Idempotency-Key': 'put-1' };
    const first = (await (await put(admin, bytes, named)).json()) as object;
    expect(await (await put(admin, bytes, named)).json()).toEqual({ ...first, repeated: true });
  });
});
