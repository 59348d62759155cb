/** What IndexedDB has acknowledged is there after the browser has crashed, and all of it is whole. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let served: ServedPage;
let address: string;
let executablePath: string;
let profile: string;

beforeAll(async () => {
  served = await servePage({
    folder: new URL('page/', import.meta.url),
    ready: 'runCaseInWorker',
    // Otherwise it does not tell which program it is.
    args: ['--enable-automation'],
  });
  const page = await served.open();
  address = page.url();
  const session = await page.context().browser()?.newBrowserCDPSession();
  const line = await session?.send('Browser.getBrowserCommandLine');
  executablePath = line?.arguments[0] as string;
  profile = await mkdtemp(join(tmpdir(), 'hff-profile-'));
});

afterAll(async () => {
  await served?.close();
  await rm(profile, { recursive: true });
});

/**
 * A browser whose data are on disk. Those of `servePage` forget all when they close, and large values
 * may even go with the page that wrote them.
 */
async function start(folder = profile): Promise<{ context: BrowserContext; page: Page }> {
  const context = await chromium.launchPersistentContext(folder, { executablePath });
  return { context, page: await open(context) };
}

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'runCaseInWorker' in globalThis);
  return page;
}

it('keeps for the next page what the last one created', async () => {
  const { context, page } = await start();
  await page.evaluate(() => lasting.write(openStore('pages')));
  await page.close();
  const next = await open(context);
  await next.evaluate(() => lasting.check(openStore('pages')));
  await context.close();
});

it('keeps what was created when the browser starts anew', async () => {
  const first = await start();
  await first.page.evaluate(() => lasting.write(openStore('lasting')));
  await first.context.close();
  const second = await start();
  await second.page.evaluate(() => lasting.check(openStore('lasting')));
  await second.context.close();
});

// Each crash has a profile of its own: where one tears a record, Chromium's LevelDB goes on writing behind
// the torn end, takes that for damage at the next start but one, and empties the origin's databases.
it.each([1, 7, 20])('has after a crash all that it told of, %i and more', async (before) => {
  const crashing = await mkdtemp(join(tmpdir(), 'hff-crashing-'));
  const { context, page } = await start(crashing);
  const told: number[] = [];
  const crashed = new Promise<void>((resolve) => context.on('close', () => resolve()));
  const session = await context.browser()?.newBrowserCDPSession();
  await page.exposeFunction('tell', (i: number) => {
    told.push(i);
    if (told.length === before) session?.send('Browser.crash').catch(() => {});
  });
  page
    .evaluate(async () => {
      const store = openStore('counted');
      for (let i = 0; ; i++) {
        await store.create(String(i).padStart(6, '0'), someBytes(1000 * (i % 200), i));
        (globalThis as unknown as { tell(i: number): void }).tell(i);
      }
    })
    .catch(() => {});
  await crashed;
  const again = await start(crashing);
  const count = await again.page.evaluate(async () => {
    const store = openStore('counted');
    const keys = await store.list('');
    for (const [i, key] of keys.entries()) {
      const [bytes, expected] = [await store.load(key), someBytes(1000 * (i % 200), i)];
      const isWhole = bytes?.length === expected.length && bytes.every((b, j) => b === expected[j]);
      if (key !== String(i).padStart(6, '0') || !isWhole)
        throw new Error(`entry ${key} is not whole`);
    }
    return keys.length;
  });
  await again.context.close();
  await rm(crashing, { recursive: true });
  expect(count).toBeGreaterThanOrEqual(before);
  expect(count).toBeGreaterThan(told.at(-1) as number);
});
