/**
 * Browsers whose data are on disk, one after another with the same profile. Those of `servePage` forget
 * all when they close, and large values may even go with the page that wrote them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type ServeOptions, servePage } from './serve-page.ts';

export interface LastingBrowser {
  /** Chromium's, the first number. */
  readonly version: string;
  /** A folder of its own for the data. */
  newProfile(): Promise<string>;
  /** Starts a browser on a profile, with the page in it. */
  start(profile: string): Promise<{ context: BrowserContext; page: Page }>;
  /** The page once more. */
  open(context: BrowserContext): Promise<Page>;
  /** All that was started; the profiles are removed. */
  close(): Promise<void>;
}

export async function lastingBrowser({
  folder,
  ready,
}: Omit<ServeOptions, 'args'>): Promise<LastingBrowser> {
  // Otherwise it does not tell which program it is.
  const served = await servePage({ folder, ready, args: ['--enable-automation'] });
  const first = await served.open();
  const address = first.url();
  const browser = first.context().browser();
  if (!browser) throw new Error('The page that is served has no browser.');
  const session = await browser.newBrowserCDPSession();
  const line = await session.send('Browser.getBrowserCommandLine');
  const executablePath = line.arguments[0] as string;
  await first.context().close();
  const profiles: string[] = [];
  const contexts: BrowserContext[] = [];
  const open = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction((name) => name in globalThis, ready);
    return page;
  };
  return {
    version: browser.version().split('.')[0] as string,
    async newProfile() {
      const profile = await mkdtemp(join(tmpdir(), 'hff-profile-'));
      profiles.push(profile);
      return profile;
    },
    async start(profile) {
      const context = await chromium.launchPersistentContext(profile, { executablePath });
      contexts.push(context);
      return { context, page: await open(context) };
    },
    open,
    async close() {
      for (const context of contexts) await context.close();
      await served.close();
      for (const profile of profiles) await rm(profile, { recursive: true });
    },
  };
}
