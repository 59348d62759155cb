/** Several tabs of one visitor with the same database, and what they and the browser may do to it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let served: ServedPage;
let page: Page;
let other: Page;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'runCaseInWorker' });
});

beforeEach(async () => {
  page = await served.open();
  other = await served.openBeside(page);
});

afterAll(async () => {
  await served?.close();
});

/** Creates an entry with a store that goes on to be used by {@link state}. */
const create = (page: Page, key: string) =>
  page.evaluate(async (key) => {
    globalThis.store ??= openStore('tabs');
    return store.create(key, someBytes(1000));
  }, key);

/** Keys, or the code with which the store refuses. */
const state = (page: Page) =>
  page.evaluate(() => store.list('').catch((error) => error.code as string));

declare global {
  var store: ReturnType<typeof openStore>;
  var heard: string[];
}

it('tells other tabs, not the one that creates', async () => {
  for (const tab of [page, other]) {
    await tab.evaluate(() => {
      globalThis.heard = [];
      globalThis.store = openStore('tabs');
      store.watch?.((key) => heard.push(key));
    });
  }
  await create(page, 'a');
  await create(other, 'b');
  await create(page, 'c');
  await other.waitForFunction(() => heard.length === 2);
  await page.waitForFunction(() => heard.length === 1);
  expect(await page.evaluate(() => heard)).toEqual(['b']);
  expect(await other.evaluate(() => heard)).toEqual(['a', 'c']);
});

it('lets one of two tabs create each key', async () => {
  const race = (tab: Page) =>
    tab.evaluate(async () => {
      const store = openStore('race');
      const got: number[] = [];
      for (let i = 0; i < 200; i++) {
        if (await store.create(`${i}`, someBytes(100))) got.push(i);
      }
      return got;
    });
  const [mine, theirs] = await Promise.all([race(page), race(other)]);
  expect([...mine, ...theirs].toSorted((a, b) => a - b)).toEqual([...Array(200).keys()]);
});

it('runs one at a time across tabs', async () => {
  const run = (tab: Page) =>
    tab.evaluate(async () => {
      const store = openStore('locks');
      for (let i = 0; i < 20; i++) {
        await store.exclusive?.('m', async () => {
          if (!(await store.create('running', someBytes(1)))) throw new Error('not alone');
          await store.remove('running');
        });
      }
    });
  await Promise.all([run(page), run(other)]);
});

it('begins anew when another tab deletes the database', async () => {
  await create(page, 'a');
  const answer = await other.evaluate(async () => {
    const request = indexedDB.deleteDatabase('tabs');
    return new Promise((resolve) => {
      request.onsuccess = () => resolve('deleted');
    });
  });
  expect(answer).toBe('deleted');
  expect(await state(page)).toEqual([]);
  expect(await create(page, 'a')).toBe(true);
  expect(await state(page)).toEqual(['a']);
});

it('goes on when another tab changes the version', async () => {
  await create(page, 'a');
  await other.evaluate(async () => {
    const request = indexedDB.open('tabs', 7);
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    request.result.close();
  });
  expect(await create(page, 'b')).toBe(true);
  expect(await state(page)).toEqual(['a', 'b']);
});

it('begins anew when the user clears the data of the site', async () => {
  await create(page, 'a');
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await expect.poll(() => state(page), { timeout: 20_000 }).toEqual([]);
  expect(await create(page, 'a')).toBe(true);
});

it('does not wait for a tab that lets nobody delete or open the database', async () => {
  await other.evaluate(async () => {
    const request = indexedDB.open('tabs');
    request.onupgradeneeded = () => request.result.createObjectStore('entries');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    Object.assign(globalThis, { held: request.result });
    indexedDB.deleteDatabase('tabs');
  });
  await page.evaluate(() => {
    globalThis.store = openStore('tabs');
  });
  expect(await state(page)).toBe('store/unavailable');
  await other.close();
  expect(await create(page, 'a')).toBe(true);
});
