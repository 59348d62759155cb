/** The report's page in a real Chromium: on a phone and on a desk, light and dark. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../sdk/src/continual/report/page.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { inventReport } from './invent-report.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const views = [
  { width: 360, colorScheme: 'light', shown: 'narrow' },
  { width: 360, colorScheme: 'dark', shown: 'narrow' },
  { width: 1200, colorScheme: 'light', shown: 'wide' },
] as const;

describe.each(views)('at $width pixels, $colorScheme', ({ width, colorScheme, shown }) => {
  it('shows every plot at its size and needs nothing else', async () => {
    const html = await renderPage(inventReport(['0', '1', '2', '3', '4', '5']));
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const complaints: string[] = [];
    page.on('request', (request) => complaints.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    await page.setContent(html);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const plots = page.locator('svg:visible');
    // Accuracy, a matrix per learner, few samples, unknown classes.
    expect(await plots.count()).toBe(5);
    expect(await page.locator(`.${shown} svg:visible`).count()).toBe(5);
    for (const plot of await plots.all()) {
      const [drawn, declared] = await plot.evaluate((svg) => [
        svg.getBoundingClientRect().width,
        Number(svg.getAttribute('width')),
      ]);
      expect((drawn as number) / (declared as number)).toBeGreaterThan(0.9);
      expect(await plot.innerHTML()).not.toMatch(/NaN|undefined/);
    }
    expect(await page.locator('tbody tr').count()).toBe(3 * 2 + 3 * 2);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

it('takes class names for text', async () => {
  const html = await renderPage(inventReport(['<b>x</b>', '"&"', '</style>', 'd', 'e', 'f']));
  const page = await browser.newPage();
  await page.setContent(html);
  expect(await page.locator('b').count()).toBe(0);
  expect(await page.locator('dd').allInnerTexts()).toContainEqual(
    expect.stringContaining('<b>x</b>, "&", </style> | d | e, f'),
  );
  await page.close();
});
