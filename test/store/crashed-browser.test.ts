/** What IndexedDB has acknowledged is there after the browser has crashed, and all of it is whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LastingBrowser, lastingBrowser } from '../support/lasting-browser.ts';

let browser: LastingBrowser;
let profile: string;

beforeAll(async () => {
  browser = await lastingBrowser({
    folder: new URL('page/', import.meta.url),
    ready: 'runCaseInWorker',
  });
  profile = await browser.newProfile();
});

afterAll(() => browser?.close());

it('keeps for the next page what the last one created', async () => {
  const { context, page } = await browser.start(profile);
  await page.evaluate(() => lasting.write(openStore('pages')));
  await page.close();
  const next = await browser.open(context);
  await next.evaluate(() => lasting.check(openStore('pages')));
  await context.close();
});

it('keeps what was created when the browser starts anew', async () => {
  const first = await browser.start(profile);
  await first.page.evaluate(() => lasting.write(openStore('lasting')));
  await first.context.close();
  const second = await browser.start(profile);
  await second.page.evaluate(() => lasting.check(openStore('lasting')));
  await second.context.close();
});

it('has after a crash all that it told of', async () => {
  let expected = 0;
  for (const before of [1, 7, 20]) {
    const { context, page } = await browser.start(profile);
    const told: number[] = [];
    const crashed = new Promise<void>((resolve) => context.on('close', () => resolve()));
    const session = await context.browser()?.newBrowserCDPSession();
    await page.exposeFunction('tell', (i: number) => {
      told.push(i);
      if (told.length === before) session?.send('Browser.crash').catch(() => {});
    });
    page
      .evaluate(async (first) => {
        const store = openStore('counted');
        for (let i = first; ; i++) {
          await store.create(String(i).padStart(6, '0'), someBytes(1000 * (i % 200), i));
          (globalThis as unknown as { tell(i: number): void }).tell(i);
        }
      }, expected)
      .catch(() => {});
    await crashed;
    const again = await browser.start(profile);
    const count = await again.page.evaluate(async () => {
      const store = openStore('counted');
      const keys = await store.list('');
      for (const [i, key] of keys.entries()) {
        const [bytes, expected] = [await store.load(key), someBytes(1000 * (i % 200), i)];
        const isWhole =
          bytes?.length === expected.length && bytes.every((b, j) => b === expected[j]);
        if (key !== String(i).padStart(6, '0') || !isWhole)
          throw new Error(`entry ${key} is not whole`);
      }
      return keys.length;
    });
    await again.context.close();
    expect(count).toBeGreaterThanOrEqual(expected + before);
    expect(count).toBeGreaterThan(told.at(-1) as number);
    expected = count;
  }
});
