/** What was taught is corrected, taken back, renamed, forgotten, and carried as a file; tabs agree. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedDemo, serveDemo } from '../support/serve-demo.ts';
import { draw, known, ready, shown, teach, watchedPage } from './use-demo.ts';

let demo: ServedDemo;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

beforeEach(async () => {
  ({ page, complaints } = await watchedPage(browser, demo.url));
  await page.goto(demo.url);
  await ready(page);
  return () => page.context().close();
});

const tile = (label: string) => page.getByTitle(`Learn the drawing as ${label}`, { exact: true });

async function openClass(label: string): Promise<ReturnType<Page['locator']>> {
  const row = page.locator('.known details', { hasText: label }).first();
  await row.locator('summary').click();
  return row;
}

test('learns by a tap as what the drawing is, and relabels what was just taught otherwise', async () => {
  await teach(page, 'heart', 1);
  await draw(page, 'arrow', 1);
  await tile('heart').click();
  await expect.poll(() => known(page)).toMatchObject({ heart: '2 examples' });
  await tile('4').click();
  await expect.poll(() => known(page)).toMatchObject({ heart: '1 example', 4: '5,533 + 1' });
  await tile('4').click();
  await shown(page);
  expect(await known(page)).toMatchObject({ heart: '1 example', 4: '5,533 + 1' });
  expect(complaints).toEqual([]);
});

test('takes back the last example, of all and of a class', async () => {
  await teach(page, 'heart', 1);
  await teach(page, 'heart', 2);
  await teach(page, 'arrow', 1);
  await page.locator('#unlearn').click();
  await expect.poll(async () => Object.keys(await known(page))).not.toContain('arrow');
  const row = await openClass('heart');
  await row.getByRole('button', { name: 'Take back an example' }).click();
  await expect.poll(() => known(page)).toMatchObject({ heart: '1 example' });
  await row.getByRole('button', { name: 'Take back an example' }).click();
  await expect.poll(async () => Object.keys(await known(page))).not.toContain('heart');
  expect(await page.locator('#unlearn').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('renames a class, not to the name of another, and forgets it', async () => {
  await teach(page, 'heart', 1);
  const row = await openClass('heart');
  await row.locator('input').fill('3');
  await row.getByRole('button', { name: 'Rename' }).click();
  await page.locator('#notice', { hasText: '3' }).waitFor();
  await row.locator('input').fill('love');
  await row.getByRole('button', { name: 'Rename' }).click();
  await expect.poll(() => known(page)).toMatchObject({ love: '1 example' });
  expect(await page.locator('#notice').count()).toBe(0);
  const renamed = await openClass('love');
  await renamed.getByRole('button', { name: 'Forget love' }).click();
  await expect.poll(async () => Object.keys(await known(page))).not.toContain('love');
});

test('forgets all only when it is asked twice', async () => {
  await teach(page, 'heart', 1);
  await page.locator('#reset').click();
  expect(await known(page)).toMatchObject({ heart: '1 example' });
  await page.locator('#reset').click();
  await expect.poll(async () => Object.keys(await known(page)).length).toBe(10);
});

test('carries what was taught as a file to another browser, and refuses what is none', async () => {
  await teach(page, 'heart', 1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('digits.safetensors');
  const bytes = await readFile(await file.path());

  const other = await watchedPage(browser, demo.url);
  await other.page.goto(demo.url);
  await ready(other.page);
  const input = other.page.locator('#import');
  const mimeType = 'application/octet-stream';
  await input.setInputFiles({
    name: 'broken.safetensors',
    mimeType,
    buffer: bytes.subarray(0, 1000),
  });
  await other.page.locator('#notice').waitFor();
  expect(Object.keys(await known(other.page))).toHaveLength(10);
  await input.setInputFiles({ name: 'digits.safetensors', mimeType, buffer: bytes });
  await expect.poll(() => known(other.page)).toMatchObject({ heart: '1 example' });
  expect((await draw(other.page, 'heart', 1)).answer).toBe('heart');
  expect([...complaints, ...other.complaints]).toEqual([]);
  await other.page.context().close();
});

test('two tabs agree', async () => {
  const other = await page.context().newPage();
  await other.goto(demo.url);
  await ready(other);
  await teach(page, 'heart', 1);
  await expect.poll(() => known(other)).toMatchObject({ heart: '1 example' });
  expect((await draw(other, 'heart', 1)).answer).toBe('heart');
  await teach(other, 'arrow', 1);
  await expect.poll(() => known(page)).toMatchObject({ heart: '1 example', arrow: '1 example' });
  expect(complaints).toEqual([]);
});

test('what is unknown is said to be, and its name is asked for', async () => {
  const { answer } = await draw(page, 'arrow', 3);
  expect(answer).toBe('?');
  expect(await page.locator('#sentence').textContent()).toContain('I don’t know this');
  expect(await page.locator('#announcement').textContent()).toContain('I don’t know this');
  expect(await page.locator('#teach label').textContent()).toBe('What is it?');
});
