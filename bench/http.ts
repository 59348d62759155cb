/**
 * Requests a second of classify over HTTP, by the kind of body, beside an empty Hono route in the same
 * workerd that is sent the same bytes; no other server stands before it. Load and Worker share the
 * machine's cores, so the CPU time of workerd's thread is told, too. Answers are checked before
 * anything is timed; rounds of all alternate. Needs Linux.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { encode } from 'fast-png';
import { mnistDigit } from '../test/support/render-digit.ts';
import { bundleWorker, projectSettings } from './start/bundle-worker.ts';
import { difference } from './start/cpu-time.ts';
import { readDefaultModel } from './start/sample.ts';
import { serveFiles } from './start/serve-files.ts';
import { startWorkerd, type Workerd } from './start/workerd.ts';
import { writeConfig } from './start/write-config.ts';
import { withSpread } from './statistics.ts';

const timedRounds = 5;
const secondsPerRound = 4;
const connections = 16;

interface Load {
  readonly type: string;
  readonly body: Uint8Array;
}

interface Round {
  readonly rate: number;
  /** µs. */
  readonly cpu: number;
  /** ms. */
  readonly p50: number;
  readonly p99: number;
}

function loads(): Record<string, Load> {
  const digit = mnistDigit(7, 1);
  const json = JSON.stringify({ inputs: [Array.from(digit)] });
  const png = encode({ width: 28, height: 28, data: digit, channels: 1, depth: 8 });
  return {
    'raw bytes': { type: 'application/octet-stream', body: digit },
    JSON: { type: 'application/json', body: new TextEncoder().encode(json) },
    PNG: { type: 'image/png', body: png },
  };
}

export async function measureHttp(): Promise<Record<string, string>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-http-'));
  const files = new Map([['/models/digits.safetensors', await readDefaultModel()]]);
  const { address, close } = await serveFiles(files);
  const bundle = await bundleWorker(
    new URL('http/worker.ts', import.meta.url),
    folder,
    projectSettings,
  );
  const services = { ASSETS: address };
  const worker = await startWorkerd(
    await writeConfig(bundle, 'http', { kv: { MODELS: address }, services }),
  );
  try {
    const rounds: Record<string, Round[]> = {};
    const note = async (name: string, path: string, load: Load, isTimed: boolean) => {
      const round = await fire(worker, path, load);
      if (!isTimed) return;
      rounds[name] ??= [];
      rounds[name].push(round);
    };
    const raw = loads()['raw bytes'] as Load;
    for (const [name, load] of Object.entries(loads())) await check(worker, name, load);
    for (let round = 0; round <= timedRounds; round++) {
      for (const [name, load] of Object.entries(loads())) {
        await note(`empty route, ${name}`, '/v1/empty', load, round > 0);
        await note(name, '/v1/models/digits/classify', load, round > 0);
      }
      await note('raw bytes, nothing around it', '/v1/bare', raw, round > 0);
    }
    return Object.entries(rounds).map(([name, own]) => {
      const [body] = name.replace('empty route, ', '').split(',');
      const empty = rounds[`empty route, ${body}`] as Round[];
      const of = (read: (round: Round) => number, digits: number) =>
        withSpread(own.map(read), digits);
      const ratio = (read: (one: Round, other: Round) => number) =>
        own === empty
          ? ''
          : withSpread(
              own.map((round, i) => read(round, empty[i] as Round)),
              2,
            );
      return {
        body: name,
        'requests a second': of(({ rate }) => rate, 0),
        'of the empty route': ratio((one, other) => one.rate / other.rate),
        'CPU of workerd, µs a request': of(({ cpu }) => cpu, 0),
        'the empty route of that': ratio((one, other) => other.cpu / one.cpu),
        'p50 ms': of(({ p50 }) => p50, 1),
        'p99 ms': of(({ p99 }) => p99, 1),
      };
    });
  } finally {
    await worker.stop();
    await close();
    await rm(folder, { recursive: true });
  }
}

async function check({ address }: Workerd, name: string, { type, body }: Load): Promise<void> {
  const response = await fetch(`${address}/v1/models/digits/classify`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: body as BodyInit,
  });
  const { results } = (await response.json()) as { results: { label: string }[] };
  if (results[0]?.label !== '7')
    throw new Error(`${name}: expected 7, got ${JSON.stringify(results)}`);
}

async function fire(
  { address, cpuTime }: Workerd,
  path: string,
  { type, body }: Load,
): Promise<Round> {
  const before = await cpuTime();
  const result = await autocannon({
    url: address + path,
    method: 'POST',
    headers: { 'Content-Type': type },
    body: Buffer.from(body),
    connections,
    duration: secondsPerRound,
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${path}: ${result.non2xx} refused`);
  const cpuMs = difference(await cpuTime(), before).main;
  return {
    rate: result.requests.total / result.duration,
    cpu: (1000 * cpuMs) / result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
