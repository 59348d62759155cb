/** A folder with a page in a real browser, served by Vite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { createServer } from 'vite';
import { launchChromium } from './launch-chromium.ts';

export interface ServedPage {
  /** Opens it anew: with modules of its own, so with an engine that has not started. */
  open(): Promise<Page>;
  /** Opens it in another tab of the same visitor: with the same storage. */
  openBeside(page: Page): Promise<Page>;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** The folder, with a slash at the end. */
  readonly folder: URL;
  /** A global of the page that tells that its script has run. */
  readonly ready: string;
  /** Chromium's arguments. */
  readonly args?: string[];
}

export async function servePage({ folder, ready, args }: ServeOptions): Promise<ServedPage> {
  // A folder of its own, since test files run at once.
  const cacheDir = await mkdtemp(join(tmpdir(), 'hff-vite-'));
  const server = await createServer({
    root: fileURLToPath(folder),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    // Otherwise a missing file would be answered with the page and status 200.
    appType: 'mpa',
    assetsInclude: ['**/*.safetensors'],
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  const browser = await launchChromium(args);
  const start = async (page: Page): Promise<Page> => {
    await page.goto(server.resolvedUrls?.local[0] as string);
    await page.waitForFunction((name) => name in globalThis, ready);
    return page;
  };
  return {
    open: async () => start(await (await browser.newContext()).newPage()),
    openBeside: async (page) => start(await page.context().newPage()),
    async close() {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
