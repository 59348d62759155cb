/** IndexedDB and memory in a real Chromium, in pages and in their workers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { itKeepsTheContract } from './run-contract.ts';

let served: ServedPage;
let page: Page;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'runCaseInWorker' });
  page = await served.open();
});

afterAll(async () => {
  await served?.close();
});

describe('indexedDbStore in a page', () => {
  itKeepsTheContract(['one-creator', 'watch', 'exclusive'], (name) =>
    page.evaluate((name) => runCase('indexed-db', name), name),
  );
});

describe('indexedDbStore in a worker of a page', () => {
  itKeepsTheContract(['one-creator', 'watch', 'exclusive'], (name) =>
    page.evaluate((name) => runCaseInWorker('indexed-db', name), name),
  );
});

describe('memoryStore in a page', () => {
  itKeepsTheContract(['one-creator', 'watch'], (name) =>
    page.evaluate((name) => runCase('memory', name), name),
  );
});
