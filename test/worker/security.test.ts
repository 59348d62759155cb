/** Every route for every kind of caller; and what belongs to one tenant is out of reach for the other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnistDigit } from '../support/render-digit.ts';
import { type RunningWorker, startWorker, withStoredModels } from '../support/start-worker.ts';
import { caller } from './call.ts';
import { makeKeys, type TestKey } from './keys.ts';
import { makeAssets } from './serve-digits.ts';

let assets: string;
let state: string;
let worker: RunningWorker;
const callers: Record<string, TestKey | null> = { none: null };
const call = caller(() => worker.url);

beforeAll(async () => {
  assets = await makeAssets();
  state = await mkdtemp(join(tmpdir(), 'hff-security-'));
  const keys = await makeKeys(state, [
    ['acme', 'classify'],
    ['acme', 'learn'],
    ['acme', 'admin'],
    ['other', 'admin'],
  ]);
  const names = ['classify', 'learn', 'admin', 'other tenant'];
  for (const [i, name] of names.entries()) callers[name] = keys[i] as TestKey;
  const { id, bearer } = keys[2] as TestKey;
  callers['wrong secret'] = { id, bearer: `${bearer.slice(0, -3)}xxx` };
  callers['unknown id'] = { id, bearer: bearer.replace(id, 'aaaaaaaaaaaa') };
  callers['no bearer'] = { id, bearer: bearer.replace('Bearer', 'Basic') };
  callers['no key at all'] = { id, bearer: 'Bearer hello' };
  worker = await startWorker({ assets, state });
  // Something to be read and changed by acme; nothing by the other tenant.
  await call(callers.admin as TestKey, 'POST', '/models/digits/learn', lesson(0));
});

afterAll(async () => {
  await worker?.stop();
  for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
});

const digit = (hand: number): number[] => Array.from(mnistDigit(3, 80_000 + hand));
const lesson = (hand: number) => ({ inputs: [digit(hand)], labels: ['secret'] });
const form = { 'Content-Type': 'multipart/form-data; boundary=x' };

interface Route {
  readonly method: string;
  readonly path: string;
  readonly needs: 'nothing' | 'key' | 'learn' | 'admin';
  /** Statuses for who may: of acme, and of the other tenant, which has taught nothing. */
  readonly own: number;
  readonly others: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const name = '/models/digits';
const routes: Route[] = [
  { method: 'GET', path: '/me', needs: 'key', own: 200, others: 200 },
  { method: 'GET', path: '/models', needs: 'nothing', own: 200, others: 200 },
  { method: 'GET', path: name, needs: 'nothing', own: 200, others: 200 },
  {
    method: 'POST',
    path: `${name}/classify`,
    needs: 'nothing',
    own: 200,
    others: 200,
    body: { inputs: [digit(1)] },
  },
  { method: 'GET', path: `${name}/classes`, needs: 'nothing', own: 200, others: 200 },
  { method: 'GET', path: `${name}/classes/3`, needs: 'nothing', own: 200, others: 200 },
  { method: 'GET', path: `${name}/versions`, needs: 'learn', own: 200, others: 200 },
  { method: 'GET', path: `${name}/snapshot`, needs: 'learn', own: 200, others: 404 },
  { method: 'GET', path: `${name}/audit`, needs: 'admin', own: 200, others: 200 },
  { method: 'POST', path: `${name}/sync`, needs: 'learn', own: 415, others: 415, headers: form },
  {
    method: 'POST',
    path: `${name}/forget`,
    needs: 'learn',
    own: 409,
    others: 404,
    body: { inputs: [digit(2)], labels: ['secret'] },
  },
  {
    method: 'POST',
    path: `${name}/rollback`,
    needs: 'admin',
    own: 404,
    others: 404,
    body: { version: 999_999 },
  },
  {
    method: 'PUT',
    path: `${name}/classes/nothing`,
    needs: 'admin',
    own: 404,
    others: 404,
    body: { label: 'x' },
  },
  { method: 'GET', path: `${name}/gate`, needs: 'admin', own: 404, others: 404 },
  {
    method: 'PUT',
    path: `${name}/gate`,
    needs: 'admin',
    own: 400,
    others: 400,
    body: { inputs: [digit(3)], labels: [], leastAccuracy: 0 },
  },
  { method: 'DELETE', path: `${name}/gate`, needs: 'admin', own: 204, others: 204 },
  { method: 'DELETE', path: `${name}/classes/nothing`, needs: 'admin', own: 404, others: 404 },
  {
    method: 'POST',
    path: `${name}/forget-taught`,
    needs: 'admin',
    own: 200,
    others: 200,
    body: { keyId: 'a'.repeat(12) },
  },
  { method: 'PUT', path: '/models/mine/snapshot', needs: 'admin', own: 422, others: 422, body: {} },
  { method: 'DELETE', path: '/models/none', needs: 'admin', own: 204, others: 204 },
  { method: 'POST', path: `${name}/learn`, needs: 'learn', own: 200, others: 200, body: lesson(5) },
];

const ranks = { nothing: 0, key: 0, learn: 1, admin: 2 };
const scopeRank: Record<string, number> = { classify: 0, learn: 1, admin: 2, 'other tenant': 2 };

function expected({ needs, own, others }: Route, who: string): number {
  if (who === 'none') return needs === 'nothing' ? own : 401;
  const rank = scopeRank[who];
  // A key that is none is refused, also where none is needed.
  if (rank === undefined) return 401;
  if (rank < ranks[needs]) return 403;
  return who === 'other tenant' ? others : own;
}

describe.each(routes)('$method $path', (route) => {
  it.each([
    'none',
    'wrong secret',
    'unknown id',
    'no bearer',
    'no key at all',
    'classify',
    'learn',
    'admin',
    'other tenant',
  ])('for %s', async (who) => {
    const { method, path, body, headers } = route;
    const answer = await call(callers[who] ?? null, method, path, body, headers);
    const told = JSON.stringify(answer.body);
    expect(answer.status, told).toBe(expected(route, who));
    if (answer.status === 401) expect(answer.headers.get('WWW-Authenticate')).toContain('Bearer');
    if (answer.status >= 400) expect(answer.body.code).toMatch(/^[a-z]+\/[a-z-]+$/);
    if (!['admin', 'learn', 'classify'].includes(who) && !/learn|forget$/.test(path)) {
      // Before the other tenant learns a class of that name by itself.
      expect(told).not.toContain('secret');
    }
  });
});

describe('one tenant', () => {
  it('cannot name the other’s models', async () => {
    const admin = callers['other tenant'] as TestKey;
    for (const crafted of [
      'acme/digits',
      'acme%2Fdigits',
      '..%2Facme%2Fdigits',
      'public%2Fdigits',
      'digits%00',
      '%2e%2e',
      'ACME',
      'digits?tenant=acme',
      '__proto__',
    ]) {
      for (const [method, rest] of [
        ['GET', ''],
        ['GET', '/classes'],
        ['GET', '/snapshot'],
        ['DELETE', ''],
      ] as const) {
        const answer = await call(admin, method, `/models/${crafted}${rest}`);
        expect(JSON.stringify(answer.body)).not.toContain('secret');
        if (!crafted.startsWith('digits?')) expect(answer.status).toBeOneOf([400, 404]);
      }
    }
    // A tenant in the request counts for nothing.
    const headers = { 'X-Tenant': 'acme', Host: 'acme.example' };
    const mine = await call(admin, 'GET', `${name}/classes?tenant=acme`, undefined, headers);
    expect(mine.status).toBe(200);
    const theirs = await call(callers.admin as TestKey, 'GET', `${name}/classes`);
    expect(theirs.body.classes.map(({ label }: { label: string }) => label)).toContain('secret');
  });

  it('does not see the other’s versions and names in what is cached', async () => {
    const [acme, other] = [callers.admin as TestKey, callers['other tenant'] as TestKey];
    const { body } = await call(acme, 'POST', `${name}/learn`, {
      inputs: [digit(9)],
      labels: ['only acme'],
    });
    const minimum = { 'X-Min-Version': String(body.model.version) };
    const ask = { inputs: [digit(9)], topK: 10 };
    const own = await call(acme, 'POST', `${name}/classify`, ask, minimum);
    expect(JSON.stringify(own.body)).toContain('only acme');
    const theirs = await call(other, 'POST', `${name}/classify`, ask, minimum);
    expect(JSON.stringify(theirs.body)).not.toContain('acme');
    expect((await call(null, 'POST', `${name}/classify`, ask, minimum)).status).toBe(503);
    const entries = (await call(other, 'GET', `${name}/audit`)).body.entries;
    expect(JSON.stringify(entries)).not.toContain((acme as TestKey).id);
  });

  it('keeps its secrets: keys are stored as hashes', async () => {
    const stored = await withStoredModels(state, async (models) => {
      const keys = (await models.list()).keys.map((each) => each.name);
      const values = await Promise.all(
        keys.filter((key) => key.startsWith('key/')).map((key) => models.get(key)),
      );
      return JSON.stringify(values);
    });
    for (const key of Object.values(callers)) {
      if (key) expect(stored).not.toContain(key.bearer.split('_').at(-1));
    }
    expect(stored).toContain('secretHash');
  });
});
