/** What happens inside, as the page shows it, in a real Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedDemo, serveDemo } from '../support/serve-demo.ts';
import { draw, ready, teach, watchedPage } from './use-demo.ts';

let demo: ServedDemo;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
  ({ page, complaints } = await watchedPage(browser, demo.url));
  await page.goto(demo.url);
  await ready(page);
  await page.locator('#inside').scrollIntoViewIfNeeded();
  await page.locator('.history li').first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const labels = () => page.locator('.plot text').allTextContents();

test('shows all classes on the sphere, and the drawing when there is one', async () => {
  expect((await labels()).sort()).toEqual([...'0123456789']);
  expect(await page.locator('.plot .sample').count()).toBe(0);
  await draw(page, 3, 5);
  await page.locator('.plot .sample').waitFor();
  const votes = await page.locator('.votes tr').allTextContents();
  expect(votes.map((row) => row.slice(0, 7).trim())).toEqual(['Layer 1', 'Layer 2', 'Togethe']);
  expect(votes.at(-1)).toContain('3');
});

test('turns with the arrow keys', async () => {
  const plot = page.locator('.plot');
  const places = () =>
    plot.locator('.class').evaluateAll((all) => all.map((each) => each.getAttribute('cx')));
  const before = await places();
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(places).not.toEqual(before);
});

test('measures held-out digits before and after a class, and tells what it cost', async () => {
  expect(await page.locator('.history li').allTextContents()).toEqual([
    expect.stringMatching(/^As it came 9\d(\.\d+)?%$/),
  ]);
  await teach(page, 'heart', 100);
  await page.locator('.history li', { hasText: 'After heart' }).waitFor();
  await page.locator('#forgotten').waitFor();
  expect(await page.locator('.per-digit li').count()).toBe(10);
  const lesson = page.locator('.costs tr', { hasText: 'learned heart' });
  expect(await lesson.textContent()).toMatch(/\d ms.*\d\.\d kB/);
  expect((await labels()).sort()).toEqual([...'0123456789', 'heart']);
  expect(complaints).toEqual([]);
});

test('shows the lines that run', async () => {
  await page.locator('#how').scrollIntoViewIfNeeded();
  const lines = page.locator('#how pre');
  await lines.first().waitFor();
  expect(await lines.first().textContent()).toContain('await model.learn(sample, label)');
  expect(await lines.first().textContent()).toContain('await model.relabel(');
  expect(await lines.last().textContent()).toContain("import { openModel } from '@hff-edge/sdk'");
});
