/**
 * The whole way of three signs in real Chromium and workerd: taught by drawing, recognised, kept
 * without a network, forgotten, brought to the Worker and from there to another browser.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type Sign, signs } from '../support/sign-strokes.ts';
import { type ServedSite, serveSite } from './serve-site.ts';
import { draw, known, ready, teach, type WatchedPage, watchedPage } from './use-demo.ts';

const perSign = 20;

let site: ServedSite;
let browser: Browser;
let first: WatchedPage;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveSite(), launchChromium()]);
  first = await watchedPage(browser, site.url);
  await first.page.goto(site.url);
  await ready(first.page);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Share of fresh drawings of a sign that are read as it. */
async function shareRight(page: Page, wanted: readonly Sign[], from: number): Promise<number> {
  let right = 0;
  for (const sign of wanted) {
    for (let i = 0; i < perSign; i++) {
      if ((await draw(page, sign, from + i)).answer === sign) right++;
    }
  }
  return right / (wanted.length * perSign);
}

async function accuracies(page: Page): Promise<number[]> {
  await page.locator('#inside').scrollIntoViewIfNeeded();
  await page.locator('.history li', { hasText: 'After' }).last().waitFor();
  await page.locator('.measuring').waitFor({ state: 'detached' });
  const texts = await page.locator('.history strong').allTextContents();
  return texts.map((text) => Number.parseFloat(text));
}

async function beginSync(page: Page): Promise<void> {
  await page.locator('#sync input').fill(site.token);
  await page.locator('#sync button').click();
  await page.locator('#sync[data-state=synced]').waitFor();
}

test('knows three signs after five drawings of each, and hardly any digit less', async () => {
  const { page, complaints } = first;
  for (const sign of signs) {
    expect((await draw(page, sign, 1)).answer).not.toBe(sign);
    for (let i = 0; i < 5; i++) await teach(page, sign, 100 + i);
  }
  const share = await shareRight(page, signs, 200);
  const all = await accuracies(page);
  const [before = 0, after = 0] = [all[0], all.at(-1)];
  console.log(`signs ${(100 * share).toFixed(1)} %, held-out digits ${before} % → ${after} %`);
  expect(share).toBeGreaterThanOrEqual(0.9);
  expect(before - after).toBeLessThanOrEqual(1.5);
  expect(complaints).toEqual([]);
});

test('knows them after a reload without a network, and forgets one there', async () => {
  const { page } = first;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.reload();
  await ready(page);
  const taught = { heart: '5 examples', arrow: '5 examples', house: '5 examples' };
  expect(await known(page)).toMatchObject(taught);
  expect(await shareRight(page, ['heart'], 300)).toBeGreaterThanOrEqual(0.9);

  const house = page.locator('.known details', { hasText: 'house' });
  await house.locator('summary').click();
  await house.getByRole('button', { name: 'Forget house' }).click();
  await house.waitFor({ state: 'detached' });
  expect(Object.keys(await known(page))).not.toContain('house');
  await page.context().setOffline(false);
});

test('brings them by way of the Worker to another browser', async () => {
  await beginSync(first.page);
  const second = await watchedPage(browser, site.url);
  await second.page.goto(site.url);
  await ready(second.page);
  await beginSync(second.page);
  await expect
    .poll(() => known(second.page))
    .toMatchObject({ heart: '5 examples', arrow: '5 examples' });
  expect(Object.keys(await known(second.page))).not.toContain('house');
  expect(await shareRight(second.page, ['heart', 'arrow'], 400)).toBeGreaterThanOrEqual(0.9);

  await teach(second.page, 'house', 500);
  await second.page.locator('#sync[data-state=synced]').waitFor();
  await first.page.getByRole('button', { name: 'Sync now' }).click();
  await expect.poll(() => known(first.page)).toMatchObject({ house: '1 example' });
  expect(second.complaints).toEqual([]);
});

test('classifies them over HTTP with the same key', async () => {
  const { page } = first;
  await draw(page, 'heart', 601);
  const png = await page
    .locator('#pad')
    .evaluate((pad: HTMLCanvasElement) => pad.toDataURL('image/png').split(',')[1] as string);
  const response = await fetch(`${site.url}/v1/models/digits/classify?topK=1`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${site.token}`, 'Content-Type': 'image/png' },
    body: Buffer.from(png, 'base64'),
  });
  const { results } = (await response.json()) as { results: { label: string }[] };
  expect(results[0]?.label).toBe('heart');
});

test('says so when the key is refused, and that nothing is lost without a network', async () => {
  const { page } = await watchedPage(browser, site.url);
  await page.goto(site.url);
  await ready(page);
  await page.locator('#sync input').fill('hff_wrong');
  await page.locator('#sync button').click();
  await page.locator('#sync[data-state=refused]').waitFor();
  expect(await page.locator('#sync').textContent()).toContain('401');
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await page.locator('#sync[data-state=off]').waitFor();

  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.locator('#offline').waitFor();
  await page.locator('#sync input').fill(site.token);
  await page.locator('#sync button').click();
  await page.locator('#sync[data-state=offline]').waitFor();
  await page.context().setOffline(false);
  await page.locator('#sync[data-state=synced]').waitFor();
});
