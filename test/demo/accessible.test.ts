/** axe finds nothing serious in any state of the page, on phone and desktop, light and dark. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Camera, filmDigit } from '../support/film-digit.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedSite, serveSite } from './serve-site.ts';
import { pageIn, stateNames } from './states.ts';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const looks = [
  { viewport: { width: 1120, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 640 }, colorScheme: 'dark' },
] as const;

let site: ServedSite;
let camera: Camera;
let browser: Browser;

beforeAll(async () => {
  camera = await filmDigit(4, 11);
  [site, browser] = await Promise.all([serveSite(), launchChromium(camera.flags)]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await camera?.remove();
});

test.each(stateNames)('%s', async (state) => {
  for (const look of looks) {
    const page = await pageIn(state, browser, site, look);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    const found = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    expect(found).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(tooWide).toBe(0);
    await page.context().close();
  }
});
