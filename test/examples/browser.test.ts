/** The examples for browsers do what they say. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let served: ServedPage;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'startExample' });
});

afterAll(() => served?.close());

async function picture(name: string): Promise<string> {
  const png = await readFile(new URL(`../../examples/${name}.png`, import.meta.url), 'base64');
  return `data:image/png;base64,${png}`;
}

/** What the page answers to a picture, by the time that it says something of this form. */
async function answer(page: Page, name: string, form: string): Promise<string> {
  await page.evaluate((address) => globalThis.show(address), await picture(name));
  return said(page, form);
}

async function said(page: Page, form: string): Promise<string> {
  const output = page.locator('output', { hasText: new RegExp(form) });
  await output.waitFor();
  return (await output.textContent()) ?? '';
}

it('browser-classify.ts', async () => {
  const page = await served.open();
  await page.evaluate(() => globalThis.startExample('classify'));
  expect(await answer(page, 'seven', 'sure')).toMatch(/^7, \d+ % sure$/);
  expect(await answer(page, 'lambda', 'nothing')).toBe('nothing I know');
});

it('browser-learn-and-keep.ts', async () => {
  const page = await served.open();
  await page.evaluate(() => globalThis.startExample('learnAndKeep'));
  await answer(page, 'lambda', '^\\d$');
  await page.fill('input', 'lambda');
  await page.click('button');
  await said(page, 'learned lambda');
  const later = await served.openBeside(page);
  await later.evaluate(() => globalThis.startExample('learnAndKeep'));
  expect(await answer(later, 'lambda', '\\w')).toBe('lambda');
  expect(await answer(later, 'seven', '^7')).toBe('7');
});
