/** What a page is told when files are not where it looks for them. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ServedPage, servePage } from './serve-page.ts';

let served: ServedPage;
let page: Page;

beforeAll(async () => {
  served = await servePage();
});

afterAll(async () => {
  await served?.close();
});

beforeEach(async () => {
  page = await served.open();
});

const tryAddresses = (addresses: { model?: string; wasm?: string }) =>
  page.evaluate((addresses) => globalThis.tryAddresses(addresses), addresses);

test('refuses a page in place of the engine, and starts with the engine afterwards', async () => {
  expect(await tryAddresses({ wasm: '/index.html' })).toBe('backend/unavailable');
  expect(await tryAddresses({})).toBe('loaded');
});

test('tells that there is no model at an address, and loads another afterwards', async () => {
  expect(await tryAddresses({ model: '/none.safetensors' })).toBe('data/not-found');
  expect(await tryAddresses({})).toBe('loaded');
});

test('refuses a page in place of a model', async () => {
  expect(await tryAddresses({ model: '/index.html' })).toBe('snapshot/malformed');
});
