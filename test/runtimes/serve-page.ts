/** The folder `page/` in a real browser, served by Vite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { createServer } from 'vite';
import { launchChromium } from '../support/launch-chromium.ts';

export interface ServedPage {
  /** Opens it anew: with modules of its own, so with an engine that has not started. */
  open(): Promise<Page>;
  close(): Promise<void>;
}

export async function servePage(): Promise<ServedPage> {
  // A folder of its own, since test files run at once.
  const cacheDir = await mkdtemp(join(tmpdir(), 'hff-vite-'));
  const server = await createServer({
    root: fileURLToPath(new URL('page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    // Otherwise a missing file would be answered with the page and status 200.
    appType: 'mpa',
    assetsInclude: ['**/*.safetensors'],
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  const browser = await launchChromium();
  return {
    async open() {
      const page = await browser.newPage();
      await page.goto(server.resolvedUrls?.local[0] as string);
      await page.waitForFunction(() => 'classifyDigits' in globalThis);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
