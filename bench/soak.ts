/**
 * Ten minutes of mixed load on the HTTP Worker: what its process's memory does meanwhile. Each client
 * classifies, teaches and corrects a model, so that what is known stays of one size. Needs Linux.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { encode } from 'fast-png';
import { mnistDigit } from '../test/support/render-digit.ts';
import { startWorker } from '../test/support/start-worker.ts';
import { makeKeys, type TestKey } from '../test/worker/keys.ts';

const minutes = Number(process.env.MINUTES ?? 10);
const clients = 8;
/** Until code is compiled and memory has grown to what the load needs. */
const settling = 2;

const digits = Array.from({ length: 50 }, (_, i) => mnistDigit(i % 10, i));
const name = '/v1/models/digits';

interface Load {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: Uint8Array | string;
}

/** What a client asks in turn; the i-th sample is learned and forgotten again. */
function loads(i: number): Load[] {
  const digit = digits[i % digits.length] as Uint8Array;
  const inputs = [Array.from(digit)];
  const json = JSON.stringify({ inputs });
  const taught = JSON.stringify({ inputs, labels: ['taught'] });
  const png = encode({ width: 28, height: 28, data: digit, channels: 1, depth: 8 });
  const post = (path: string, type: string, body: Uint8Array | string): Load => ({
    method: 'POST',
    path: name + path,
    type,
    body,
  });
  const classify = [
    post('/classify', 'application/octet-stream', digit),
    post('/classify', 'application/json', json),
    post('/classify', 'image/png', png),
  ];
  return [
    ...classify,
    post('/learn', 'application/json', taught),
    ...classify,
    { method: 'GET', path: `${name}/classes` },
    { method: 'GET', path: '/v1/models' },
    ...classify,
    post('/forget', 'application/json', taught),
    post('/classify', 'application/json', '{"inputs":[[1]]}'),
  ];
}

export async function measureSoak(): Promise<Record<string, string>[]> {
  const state = await mkdtemp(join(tmpdir(), 'hff-soak-'));
  const keys = await makeKeys(state, [['acme', 'learn']]);
  const { bearer } = keys[0] as TestKey;
  const worker = await startWorker({ state });
  let requests = 0;
  const ends = Date.now() + minutes * 60_000;
  async function client(first: number): Promise<void> {
    for (let i = first; Date.now() < ends; i += clients) {
      for (const { method, path, type, body } of loads(i)) {
        const response = await fetch(worker.url + path, {
          method,
          headers: { Authorization: bearer, ...(type && { 'Content-Type': type }) },
          ...(body !== undefined && { body: body as BodyInit }),
        });
        await response.arrayBuffer();
        if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status}`);
        requests++;
      }
    }
  }
  try {
    const pid = await workerdOf(process.pid);
    const rows: { minute: number; requests: number; megabytes: number }[] = [];
    const note = async (minute: number) =>
      rows.push({ minute, requests, megabytes: await residentMegabytes(pid) });
    const load = Promise.all(Array.from({ length: clients }, (_, first) => client(first)));
    for (let minute = 0; minute <= minutes; minute++) {
      await note(minute);
      if (minute < minutes) await Promise.race([setTimeout(60_000), load]);
    }
    await load;
    const growth = slope(rows.filter(({ minute }) => minute >= settling));
    return rows.map(({ minute, requests, megabytes }) => ({
      minute: String(minute),
      requests: String(requests),
      'process, MB': megabytes.toFixed(1),
      [`MB a minute, from minute ${settling}`]: minute === minutes ? growth.toFixed(2) : '',
    }));
  } finally {
    await worker.stop();
    await rm(state, { recursive: true });
  }
}

/** Of a line through all of them, by least squares. */
function slope(rows: readonly { minute: number; megabytes: number }[]): number {
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
  const x = mean(rows.map(({ minute }) => minute));
  const y = mean(rows.map(({ megabytes }) => megabytes));
  const covariance = mean(rows.map((row) => (row.minute - x) * (row.megabytes - y)));
  return covariance / mean(rows.map((row) => (row.minute - x) ** 2));
}

/** The process below `parent` that runs workerd. */
async function workerdOf(parent: number): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const status = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const [, pid, program, ppid] = /^(\d+) \((.*)\) \w (\d+)/.exec(status) ?? [];
    if (program === 'workerd' && Number(ppid) === parent) return Number(pid);
  }
  throw new Error('There is no workerd below this process.');
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
