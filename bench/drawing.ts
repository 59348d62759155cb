/**
 * Drawing and teaching for minutes on end, by script, on the page as it is served: whether every lesson
 * counts once, what memory does, and whether the page's thread is ever busy for long.
 */
import type { Page } from 'playwright-core';
import { known, ready, shown } from '../test/demo/use-demo.ts';
import { drawWithMouse } from '../test/support/draw-on-pad.ts';
import { launchChromium } from '../test/support/launch-chromium.ts';
import { serveDemo } from '../test/support/serve-demo.ts';
import { type Sign, signs } from '../test/support/sign-strokes.ts';
import { rendererBytes } from './drawing/renderer-bytes.ts';
import { watchPage } from './drawing/watch-page.ts';

export async function measureDrawing(minutes: number): Promise<Record<string, string>[]> {
  const [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
  try {
    const page = await browser.newPage();
    await page.addInitScript(watchPage);
    await page.goto(demo.url);
    await ready(page);
    await page.locator('#inside').scrollIntoViewIfNeeded();
    await page.locator('.history li').first().waitFor();
    const sent = new Map<Sign, number>(signs.map((sign) => [sign, 0]));
    const rows = [await rowOf(page, 0, sent)];
    const started = performance.now();
    for (let minute = 1, seed = 0; minute <= minutes; minute++) {
      while (performance.now() - started < minute * 60_000) {
        const sign = signs[seed % signs.length] as Sign;
        await teach(page, sign, 10_000 + seed++);
        sent.set(sign, (sent.get(sign) ?? 0) + 1);
      }
      rows.push(await rowOf(page, minute, sent));
      console.log(`minute ${minute} of ${minutes}: ${rows.at(-1)?.['lessons learned']} lessons`);
    }
    await shown(page);
    await checkCounts(page, sent);
    return rows;
  } finally {
    await browser.close();
    await demo.close();
  }
}

async function teach(page: Page, sign: Sign, seed: number): Promise<void> {
  await page.locator('#clear').click();
  await drawWithMouse(page, sign, seed);
  await nextFrames(page);
  const form = page.locator('#teach');
  await form.locator('input').fill(sign);
  await form.locator('button').click();
  await page.locator('#sentence', { hasText: 'Learned' }).waitFor();
}

/** Until the last stroke is read: a hand that writes a name takes longer. */
function nextFrames(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  });
}

async function checkCounts(page: Page, sent: ReadonlyMap<Sign, number>): Promise<void> {
  const learned = await known(page);
  for (const [sign, count] of sent) {
    const shownCount = Number.parseInt((learned[sign] ?? '0').replaceAll(',', ''), 10);
    if (shownCount === count) continue;
    throw new Error(
      `${sign}: expected ${count} examples, as many as were sent, got ${shownCount}.`,
    );
  }
}

async function rowOf(
  page: Page,
  minute: number,
  sent: ReadonlyMap<Sign, number>,
): Promise<Record<string, string>> {
  const { longestTask, longestScript, frames } = await page.evaluate(() => takeSlowness());
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  // Collecting garbage was not the page's doing.
  await page.evaluate(() => takeSlowness());
  const bytes = rendererBytes();
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  const lessons = [...sent.values()].reduce((sum, count) => sum + count, 0);
  return {
    minute: String(minute),
    'lessons sent': String(lessons),
    'lessons learned': String(await learnedIn(page)),
    'page heap, MB': (usedSize / 1e6).toFixed(2),
    'renderer, MB': bytes === null ? '–' : (bytes / 1e6).toFixed(0),
    'longest task, ms': longestTask.toFixed(0),
    'longest own script of a slow frame, ms': longestScript.toFixed(0),
    'frame, median ms': at(0.5),
    'frame, 99 % ms': at(0.99),
  };
}

async function learnedIn(page: Page): Promise<number> {
  const learned = await known(page);
  return signs.reduce(
    (sum, sign) => sum + Number.parseInt((learned[sign] ?? '0').replaceAll(',', ''), 10),
    0,
  );
}
