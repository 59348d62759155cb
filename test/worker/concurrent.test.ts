/**
 * Many clients teach one model at once, some of them twice by the same request, while workerd is
 * killed and started again: each acknowledged sample counts once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { caller } from './call.ts';
import { makeKeys, type TestKey } from './keys.ts';
import { digitsPath, makeAssets } from './serve-digits.ts';

const script = fileURLToPath(new URL('serve-state.ts', import.meta.url));
const clients = 50;
const calls = 2000;
/** One of so many calls is made twice at once. */
const repeatedOf = 5;

let assets: string;
let state: string;
let key: TestKey;
let address = '';
let running: ChildProcess | undefined;
const call = caller(() => address);

async function start(): Promise<void> {
  running = spawn(process.execPath, [script, assets, state], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that workerd is killed with what started it.
    detached: true,
  });
  const [told] = await once(running.stdout as NodeJS.ReadableStream, 'data');
  address = String(told).trim();
}

async function kill(): Promise<void> {
  if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
  const ended = once(running, 'close');
  process.kill(-running.pid, 'SIGKILL');
  await ended;
}

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-concurrent-'));
  [key] = (await makeKeys(state, [['acme', 'admin']])) as [TestKey];
  await start();
});

afterAll(async () => {
  await kill();
  for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
});

const sample = (hand: number): number[] => Array.from(mnistDigit(hand % 10, 40_000 + hand));
const label = (hand: number): string => `kind ${hand % 7}`;

interface Told {
  readonly hand: number;
  readonly version: number;
}

/** Teaches one sample until it is acknowledged, over whatever happens in between. */
async function teach(model: string, hand: number): Promise<Told> {
  const body = { inputs: [sample(hand)], labels: [label(hand)], augment: false };
  const headers = { 'Idempotency-Key': `hand-${hand}` };
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      const answer = await call(key, 'POST', `/models/${model}/learn`, body, headers);
      if (answer.status === 200) return { hand, version: answer.body.model.version };
      if (answer.status < 500) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
    } catch (error) {
      if (String(error).includes('refused')) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`hand ${hand}: never acknowledged`);
}

/** All hands, by clients that go on as soon as they have an answer. */
async function teachAll(model: string, count: number, between: (done: number) => void) {
  const told: Told[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let hand = next++; hand < count; hand = next++) {
      const twice = hand % repeatedOf === 0;
      const answers = await Promise.all([
        teach(model, hand),
        ...(twice ? [teach(model, hand)] : []),
      ]);
      told.push(...answers);
      between(told.length);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return told;
}

async function expectAllOnce(model: string, count: number, told: readonly Told[]): Promise<void> {
  const byHand = new Map<number, Set<number>>();
  for (const { hand, version } of told) {
    byHand.set(hand, (byHand.get(hand) ?? new Set()).add(version));
  }
  // Repeated or not, a request is one version, and each its own.
  expect([...byHand.values()].every((versions) => versions.size === 1)).toBe(true);
  const versions = [...byHand.values()].map((set) => [...set][0] as number).sort((a, b) => a - b);
  expect(new Set(versions).size).toBe(count);
  expect((versions.at(-1) as number) - (versions[0] as number)).toBe(count - 1);

  const response = await fetch(`${address}/v1/models/${model}/snapshot`, {
    headers: { Authorization: key.bearer },
  });
  const learned = await loadModel(new Uint8Array(await response.arrayBuffer()));
  const inTurn = await loadModel(digitsPath);
  const hands = Array.from({ length: count }, (_, hand) => hand);
  await inTurn.learnBatch(
    hands.map((hand) => sample(hand)),
    hands.map(label),
  );
  const counts = async (one: Model) =>
    (await one.classes()).map((each) => [each.label, each.base, each.learned]);
  expect(await counts(learned)).toEqual(await counts(inTurn));
  const [sums, expected] = [await sumsOf(learned), await sumsOf(inTurn)];
  for (const [name, sum] of expected) {
    const other = sums.get(name) as Float64Array;
    const scale = Math.max(1, ...sum.map(Math.abs));
    const error = Math.max(...sum.map((value, i) => Math.abs(value - (other[i] as number))));
    // Workers round features a little otherwise than Node does: 1e-5 of a row, as elsewhere.
    expect(error / scale).toBeLessThan(1e-5);
  }
}

async function sumsOf(model: Model): Promise<Map<string, Float64Array>> {
  const { learner } = await model.learning();
  return new Map(learner.state.classes().map((each) => [each.label, each.sum]));
}

it(`counts ${calls} calls of ${clients} clients once each`, async () => {
  const told = await teachAll('digits', calls, () => {});
  await expectAllOnce('digits', calls, told);
}, 300_000);

it('does so when workerd is killed in the middle, three times', async () => {
  // Another tenant's model would do as well; a model of another name has no public one to begin with.
  const response = await fetch(`${address}/v1/models/second/snapshot`, {
    method: 'PUT',
    headers: { Authorization: key.bearer },
    body: new Uint8Array(await (await loadModel(digitsPath)).export()),
  });
  expect(response.status).toBe(200);
  const count = 600;
  const kills = [100, 250, 420];
  let restarting: Promise<void> = Promise.resolve();
  const told = await teachAll('second', count, (done) => {
    if (done < (kills[0] ?? Number.POSITIVE_INFINITY)) return;
    kills.shift();
    restarting = restarting.then(kill).then(start);
  });
  await restarting;
  expect(kills).toEqual([]);
  await expectAllOnce('second', count, told);
}, 300_000);
