/** The reference of the HTTP API in a real Chromium, as the deployment serves it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';

let worker: RunningWorker;
let browser: Browser;

beforeAll(async () => {
  [worker, browser] = await Promise.all([startWorker(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await worker?.stop();
});

test.each([1200, 390])('shows every operation, %i px wide, and asks nobody else', async (width) => {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(worker.url)) complaints.push(request.url());
  });
  const response = await page.goto(`${worker.url}/docs#learn`);
  const policy = response?.headers()['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  await page.locator('main[data-state=ready]').waitFor();
  const { paths } = (await (await fetch(`${worker.url}/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const shown = await page.locator('article').evaluateAll((all) => all.map(({ id }) => id));
  expect(shown.sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  const learn = page.locator('#learn');
  await expect.poll(() => learn.evaluate((it) => it.getBoundingClientRect().top)).toBeLessThan(100);
  await learn.locator('summary', { hasText: '422' }).click();
  expect(await learn.textContent()).toContain('learn/label');
  expect(await learn.textContent()).toContain('scope learn');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(complaints).toEqual([]);
  await page.close();
});

test('says so when there is no document', async () => {
  const page = await browser.newPage();
  await page.route('**/v1/openapi.json', (route) => route.fulfill({ status: 503 }));
  await page.goto(`${worker.url}/docs`);
  await page.locator('main[data-state=failed]').waitFor();
  expect(await page.locator('#failure').textContent()).toContain('503');
  await page.close();
});
