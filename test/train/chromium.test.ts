/** Training in a page: on its thread, and in web workers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../sdk/src/train/checkpoint.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import type {} from './page/train.ts';

let served: ServedPage;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'trainDigits' });
});

afterAll(async () => {
  await served?.close();
});

test('layers in web workers learn what layers in the page learn, bit by bit', async () => {
  const page = await served.open();
  const here = await page.evaluate(() => globalThis.trainDigits(false));
  const workers = await page.evaluate(() => globalThis.trainDigits(true));
  expect(workers).toEqual(here);
  expect(here.labels).toEqual(['0', 'stripes']);
  const { epochsDone, best } = readCheckpoint(Uint8Array.from(here.checkpoint));
  expect(epochsDone).toBe(3);
  expect(best?.highest).toBeGreaterThan(0.8);
  // None of them is left.
  expect(page.workers()).toHaveLength(0);
});
