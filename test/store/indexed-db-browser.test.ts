/** What a store asks of the browser: to keep, to write through, to lock; and what it makes of a refusal. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let served: ServedPage;
let page: Page;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'runCaseInWorker' });
});

beforeEach(async () => {
  page = await served.open();
});

afterAll(async () => {
  await served?.close();
});

it('says so when there is no room, and stays good', async () => {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const limit = async (quotaSize?: number) => {
    await session.send(
      'Storage.overrideQuotaForOrigin',
      quotaSize ? { origin, quotaSize } : { origin },
    );
  };
  const fill = () =>
    page.evaluate(async () => {
      const store = openStore('full');
      const before = (await store.list('')).length;
      for (let i = before; i < before + 40; i++) {
        try {
          await store.create(`n/${String(i).padStart(3, '0')}`, someBytes(500_000, i));
        } catch (error) {
          return { code: (error as { code: string }).code, refused: i };
        }
      }
      return { code: 'none' };
    });
  await limit(5_000_000);
  const full = await fill();
  expect(full).toEqual({ code: 'store/full', refused: expect.any(Number) });
  const kept = await page.evaluate(async () => {
    const store = openStore('full');
    const keys = await store.list('');
    const sound = await Promise.all(
      keys.map(async (key, i) => {
        const [bytes, expected] = [await store.load(key), someBytes(500_000, i)];
        return bytes?.length === expected.length && bytes.every((byte, j) => byte === expected[j]);
      }),
    );
    return { count: keys.length, sound: sound.every(Boolean) };
  });
  expect(kept).toEqual({ count: full.refused, sound: true });
  expect(kept.count).toBeGreaterThan(1);
  await limit();
  expect(await fill()).toEqual({ code: 'none' });
});

it('asks once to be kept, when something is created, and does not depend on the answer', async () => {
  for (const answer of ['never', 'no', 'failure', 'missing'] as const) {
    const asked = await page.evaluate(async (answer) => {
      const answers = {
        never: () => new Promise<boolean>(() => {}),
        no: async () => false,
        failure: () => Promise.reject(new TypeError()),
      };
      let count = 0;
      const persist = (): Promise<boolean> => {
        count++;
        return answers[answer as keyof typeof answers]();
      };
      Object.defineProperty(navigator, 'storage', {
        value: answer === 'missing' ? undefined : { persist },
        configurable: true,
      });
      const failures: unknown[] = [];
      globalThis.onunhandledrejection = ({ reason }) => failures.push(String(reason));
      const store = openStore(`kept ${answer}`);
      await store.list('');
      await store.load('a');
      const before = count;
      for (const key of ['a', 'b', 'b']) await store.create(key, someBytes(1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { before, after: count, failures };
    }, answer);
    expect(asked).toEqual({ before: 0, after: answer === 'missing' ? 0 : 1, failures: [] });
  }
});

it('runs without locks where there are none', async () => {
  const result = await page.evaluate(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined });
    return openStore('locks').exclusive?.('m', async () => 'run');
  });
  expect(result).toBe('run');
});

it('has what it writes forced to disk', async () => {
  const kinds = await page.evaluate(async () => {
    const { transaction } = IDBDatabase.prototype;
    const kinds = new Set<string>();
    IDBDatabase.prototype.transaction = function (...args) {
      const begun = transaction.apply(this, args);
      kinds.add(`${begun.mode} ${begun.durability}`);
      return begun;
    };
    const store = openStore('strict');
    await store.create('a', someBytes(1));
    await store.load('a');
    await store.remove('a');
    return [...kinds].toSorted();
  });
  expect(kinds).toEqual(['readonly default', 'readwrite strict']);
});

it('refuses a database that is something else', async () => {
  const code = await page.evaluate(async () => {
    const request = indexedDB.open('notes');
    request.onupgradeneeded = () => request.result.createObjectStore('notes');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    request.result.close();
    return openStore('notes')
      .list('')
      .catch((error) => error.code);
  });
  expect(code).toBe('store/unavailable');
});
