/** What a deployment may bind: a rate limit, metrics, and origins that may call. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';
import { makeAssets } from './serve-digits.ts';

const limit = 20;
let assets: string;
let worker: RunningWorker;

beforeAll(async () => {
  assets = await makeAssets();
  worker = await startWorker({
    assets,
    bindings: {
      LIMITER: { type: 'ratelimit', namespace_id: '1', simple: { limit, period: 60 } },
      METRICS: { type: 'analytics_engine', dataset: 'requests' },
      ALLOWED_ORIGINS: {
        type: 'plain_text',
        value: 'https://one.example https://two.example',
      },
    },
  });
});

afterAll(async () => {
  await worker?.stop();
  await rm(assets, { recursive: true, force: true });
});

const ask = (headers: Record<string, string> = {}) =>
  fetch(`${worker.url}/v1/models/digits`, { headers });

it('lets pages of the origins named ask, and of no others', async () => {
  const allowedOf = async (Origin: string) => {
    const answer = await ask({ Origin });
    expect(answer.headers.get('Vary')).toBe('Origin');
    return answer.headers.get('Access-Control-Allow-Origin');
  };
  expect(await allowedOf('https://two.example')).toBe('https://two.example');
  expect(await allowedOf('https://three.example')).toBeNull();
  const preflight = await fetch(`${worker.url}/v1/models`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://three.example', 'Access-Control-Request-Method': 'GET' },
  });
  expect(preflight.headers.get('Access-Control-Allow-Origin')).toBeNull();
});

it('holds back who asks too often, until the minute is over', async () => {
  let answered = 0;
  let last = await ask();
  // A minute that ends on the way lets as many through once more.
  while (last.status === 200 && answered <= 2 * limit) {
    answered++;
    last = await ask();
  }
  expect(last.status).toBe(429);
  expect(await last.json()).toMatchObject({ code: 'quota/rate' });
  // Whether the service is up is asked by those who watch over it.
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
});
