/** The folder `page/` in a real browser, served by Vite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { createServer } from 'vite';
import { launchChromium } from '../support/launch-chromium.ts';

/** tfjs refuses WebGL that is slow unless it was asked for. */
const softwareGpu = ['--use-angle=swiftshader'];

export interface ServedPage {
  /** Opens it anew, with a tfjs that has not started. */
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
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  const browser = await launchChromium(softwareGpu);
  return {
    async open() {
      const page = await browser.newPage();
      await page.goto(server.resolvedUrls?.local[0] as string);
      await page.waitForFunction(() => 'learnDigits' in globalThis);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
