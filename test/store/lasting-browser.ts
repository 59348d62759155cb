/**
 * Browsers whose data are on disk, one after another with the same profile. Those of `servePage` forget
 * all when they close, and large values may even go with the page that wrote them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { servePage } from '../support/serve-page.ts';

export interface LastingBrowser {
  /** A folder of its own for the data. */
  newProfile(): Promise<string>;
  /** Starts a browser on a profile, with a page of `page/` in it. */
  start(profile: string): Promise<{ context: BrowserContext; page: Page }>;
  /** Another page in it. */
  open(context: BrowserContext): Promise<Page>;
  /** Removes the profiles, too. */
  close(): Promise<void>;
}

export async function lastingBrowser(): Promise<LastingBrowser> {
  const served = await servePage({
    folder: new URL('page/', import.meta.url),
    ready: 'runCaseInWorker',
    // Otherwise it does not tell which program it is.
    args: ['--enable-automation'],
  });
  const first = await served.open();
  const address = first.url();
  const session = await first.context().browser()?.newBrowserCDPSession();
  const line = await session?.send('Browser.getBrowserCommandLine');
  const executablePath = line?.arguments[0] as string;
  const profiles: string[] = [];
  const open = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'runCaseInWorker' in globalThis);
    return page;
  };
  return {
    async newProfile() {
      const profile = await mkdtemp(join(tmpdir(), 'hff-profile-'));
      profiles.push(profile);
      return profile;
    },
    async start(profile) {
      const context = await chromium.launchPersistentContext(profile, { executablePath });
      return { context, page: await open(context) };
    },
    open,
    async close() {
      await served.close();
      for (const profile of profiles) await rm(profile, { recursive: true });
    },
  };
}
