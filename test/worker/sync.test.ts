/** Devices that learn by themselves, and a server that joins them. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  fileStore,
  loadModel,
  type Model,
  type OpenedModel,
  openModel,
} from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';
import { caller } from './call.ts';
import { makeKeys, type TestKey } from './keys.ts';
import { digitsPath, makeAssets } from './serve-digits.ts';

let assets: string;
let state: string;
let worker: RunningWorker;
let [ann, bob, admin] = [] as unknown as [TestKey, TestKey, TestKey];
const call = caller(() => worker.url);

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-sync-'));
  [ann, bob, admin] = (await makeKeys(state, [
    ['acme', 'learn'],
    ['acme', 'learn'],
    ['acme', 'admin'],
  ])) as [TestKey, TestKey, TestKey];
  worker = await startWorker({ assets, state });
});

afterAll(async () => {
  await worker?.stop();
  for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
});

const address = (name = 'digits'): string => `${worker.url}/v1/models/${name}/sync`;
const token = (key: TestKey): string => key.bearer.slice('Bearer '.length);
const digit = (kind: number, hand: number): Uint8Array => mnistDigit(kind, 90_000 + hand);

function device(): Promise<OpenedModel> {
  return openModel('digits', { store: memoryStore(), source: digitsPath });
}

async function learned(model: Model): Promise<Record<string, number>> {
  const classes = (await model.classes()).filter((each) => each.learned !== 0);
  return Object.fromEntries(classes.map((each) => [each.label, each.learned]));
}

it('devices hear of each other by way of the server, and agree bit by bit', async () => {
  const [phone, laptop] = [await device(), await device()];
  await phone.learn(digit(3, 1), 'phone');
  await laptop.learn(digit(4, 2), 'laptop');
  await laptop.forgetClass('9');
  const first = await phone.sync(address(), { token: token(ann) });
  expect(first).toMatchObject({ isNews: false, version: expect.any(Number) });
  expect((await laptop.sync(address(), { token: token(bob) })).isNews).toBe(true);
  expect((await phone.sync(address(), { token: token(ann) })).isNews).toBe(true);
  expect(await learned(phone)).toEqual({ laptop: 1, phone: 1 });
  expect(await laptop.classes()).toEqual(await phone.classes());
  expect(Buffer.from(await laptop.changesSince()).equals(await phone.changesSince())).toBe(true);
  const { body } = await call(ann, 'GET', '/models/digits/classes');
  expect(body.classes).toEqual(await phone.classes());
  // Nothing new: nothing changes, and no version is made.
  const before = body.model.version;
  expect(await phone.sync(address(), { token: token(ann) })).toEqual({
    isNews: false,
    version: before,
  });
});

it('is small where little is new, also after the device started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hff-device-'));
  const store = fileStore(folder);
  const model = await openModel('digits', { store, source: digitsPath });
  const many = Array.from({ length: 60 }, (_, i) => digit(i % 10, 100 + i));
  await model.learnBatch(
    many,
    many.map(() => 'many'),
  );
  const sizes: number[] = [];
  const counted = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const body = Buffer.concat(parts);
      sizes.push(body.length);
      const answer = await fetch(address(), {
        method: 'POST',
        headers: {
          Authorization: request.headers.authorization as string,
          'Content-Type': request.headers['content-type'] as string,
        },
        body,
      });
      response.writeHead(answer.status, {
        'Content-Type': answer.headers.get('Content-Type') ?? '',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  }).listen(0, '127.0.0.1');
  await once(counted, 'listening');
  const proxied = `http://127.0.0.1:${(counted.address() as AddressInfo).port}/`;
  await model.sync(proxied, { token: token(ann) });
  expect(Math.max(...sizes)).toBeGreaterThan(60 * 4000);
  sizes.length = 0;
  const again = await openModel('digits', { store });
  await again.learn(digit(1, 200), 'many');
  await again.sync(proxied, { token: token(ann) });
  expect(Math.max(...sizes)).toBeLessThan(8000);
  counted.close();
  await rm(folder, { recursive: true });
});

it('loses and doubles nothing when connections break at any moment', async () => {
  const model = await device();
  let budget = 0;
  // Passes on so many bytes in both directions together, then breaks the connection.
  const { createServer: listen } = await import('node:net');
  const target = Number(new URL(worker.url).port);
  const breaking = listen((socket) => {
    const onward = connect(target, '127.0.0.1');
    let left = budget;
    const pass = (from: typeof socket, to: typeof socket): void => {
      from.on('data', (data) => {
        to.write(data.subarray(0, Math.max(0, left)));
        left -= data.length;
        if (left <= 0) for (const each of [socket, onward]) each.destroy();
      });
      from.on('error', () => {});
      from.on('close', () => to.end());
    };
    pass(socket, onward);
    pass(onward, socket);
  }).listen(0, '127.0.0.1');
  await once(breaking, 'listening');
  const proxied = `http://127.0.0.1:${(breaking.address() as AddressInfo).port}/v1/models/digits/sync`;
  let failures = 0;
  for (budget of [10, 400, 900, 3000, 9000, 30_000, 50_000, 100_000, 3_000_000]) {
    await model.learn(digit(6, budget), 'broken');
    await model.sync(proxied, { token: token(bob) }).catch((error) => {
      expect(error.code).toBe('sync/unreachable');
      failures++;
    });
  }
  breaking.close();
  expect(failures).toBeGreaterThan(3);
  const { body } = await call(bob, 'GET', '/models/digits/classes/broken');
  expect(body.learned).toBe(9);
  expect((await learned(model)).broken).toBe(9);
});

it('refuses other layers and keys, and changes nothing', async () => {
  const model = await device();
  const other = await openModel('digits', {
    store: memoryStore(),
    source: await (await loadModel(digitsPath)).export('float32'),
  });
  await other.learn(digit(1, 1), 'foreign');
  const before = (await call(ann, 'GET', '/models/digits/classes')).body;
  await expect(other.sync(address(), { token: token(ann) })).rejects.toMatchObject({
    code: expect.stringMatching(/learn\/foreign|sync\/refused/),
  });
  await expect(model.sync(address(), { token: 'hff_none' })).rejects.toMatchObject({
    code: 'sync/refused',
    message: expect.stringContaining('401'),
  });
  await expect(model.sync('http://127.0.0.1:9/', { token: 'x' })).rejects.toMatchObject({
    code: 'sync/unreachable',
  });
  const aborted = model.sync(address(), { token: token(ann), signal: AbortSignal.abort() });
  await expect(aborted).rejects.toThrow(/abort/i);
  expect((await call(ann, 'GET', '/models/digits/classes')).body).toEqual(before);
});

it('what one key taught and brought is undone by one call, on its devices too', async () => {
  const [mallory] = [bob];
  const clean = await device();
  await clean.sync(address(), { token: token(ann) });
  const bobs = new Set(['broken', 'laptop']);
  const device2 = await device();
  await device2.learn(digit(5, 500), 'poison');
  await device2.sync(address(), { token: token(mallory) });
  await call(mallory, 'POST', '/models/digits/learn', {
    inputs: [Array.from(digit(5, 501))],
    labels: ['poison'],
  });
  const undone = await call(admin, 'POST', '/models/digits/forget-taught', { keyId: mallory.id });
  expect(undone.status).toBe(200);
  const left = (await call(ann, 'GET', '/models/digits/classes')).body.classes;
  const labels = left.map(({ label }: { label: string }) => label);
  expect(labels).not.toContain('poison');
  for (const label of bobs) expect(labels).not.toContain(label);
  expect(labels).toContain('phone');
  await device2.sync(address(), { token: token(ann) });
  expect(await device2.classes()).toEqual(left);
  // The device goes on, under another name.
  await device2.learn(digit(5, 502), 'good');
  await device2.sync(address(), { token: token(ann) });
  expect((await call(ann, 'GET', '/models/digits/classes/good')).body.learned).toBe(1);
});
