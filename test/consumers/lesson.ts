/** What comes of a lesson (`lesson.js`) wherever it was taken. */
import type { Page } from 'playwright-core';

export const taken = { digit: '7', learned: 'lambda', kept: '7' };

declare global {
  var lesson: Promise<unknown> | undefined;
}

/** Of the page's script, which takes its lesson by itself. */
export async function lessonOf(page: Page): Promise<unknown> {
  await page.waitForFunction(() => globalThis.lesson !== undefined);
  return page.evaluate(() => globalThis.lesson);
}
