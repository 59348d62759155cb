/** What the first load of the page fetches before anything that is loaded late, measured in the build. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedDemo, serveDemo } from '../support/serve-demo.ts';
import { ready, watchedPage } from './use-demo.ts';

const scriptBudget = 120_000;

let demo: ServedDemo;
let browser: Browser;

beforeAll(async () => {
  [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

test('is at most 120 kB of JavaScript, gzip, until one may draw', async () => {
  const { page } = await watchedPage(browser, demo.url, {
    viewport: { width: 1120, height: 600 },
    serviceWorkers: 'block',
  });
  const fetched = new Set<string>();
  page.context().on('request', (request) => fetched.add(new URL(request.url()).pathname));
  await page.goto(demo.url);
  await ready(page);
  const scripts = [...fetched].filter((path) => path.endsWith('.js'));
  const sizes = await Promise.all(
    scripts.map(async (path) => gzipSync(await readFile(join(demo.folder, path))).length),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`first load: ${scripts.length} scripts, ${bytes} bytes gzip of ${scriptBudget}`);
  expect(scripts.some((path) => path.includes('worker'))).toBe(true);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(scriptBudget);
  for (const late of ['camera', 'how-it-works', 'held-out', 'class-sphere', 'adapt', 'docs']) {
    expect(scripts.filter((path) => path.includes(late))).toEqual([]);
  }
  expect([...fetched]).not.toContain('/held-out.png');
});
