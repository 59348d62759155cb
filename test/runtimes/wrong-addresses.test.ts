/** What a page is told when files are not where it looks for them, or may not be compiled. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ServedPage } from '../support/serve-page.ts';
import { serveClassifyPage } from './classify-page.ts';

const digits = `/@fs${new URL('../../models/digits/digits.safetensors', import.meta.url).pathname}`;

let served: ServedPage;
let page: Page;

beforeAll(async () => {
  served = await serveClassifyPage();
});

afterAll(async () => {
  await served?.close();
});

beforeEach(async () => {
  page = await served.open();
});

const tryAddress = (model: string) => page.evaluate((model) => globalThis.tryAddress(model), model);

test('tells that there is no model at an address, and loads another afterwards', async () => {
  expect(await tryAddress('/none.safetensors')).toBe('data/not-found');
  expect(await tryAddress(digits)).toBe('loaded');
});

test('refuses a page in place of a model', async () => {
  expect(await tryAddress('/index.html')).toBe('snapshot/malformed');
});

test('tells of a policy that forbids WebAssembly', async () => {
  await page.evaluate(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "script-src 'self' 'unsafe-inline'";
    document.head.append(policy);
  });
  expect(await tryAddress(digits)).toBe('backend/unavailable');
});
