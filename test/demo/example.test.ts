/** The page in examples/page-teach.html runs as it stands, in a real Chromium. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { watchedPage } from './use-demo.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

let server: ViteDevServer;
let browser: Browser;
let cacheDir: string;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'hff-vite-'));
  const model = await readFile(folder('models/digits/digits.safetensors'));
  server = await createServer({
    root: folder('examples'),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    server: { host: '127.0.0.1', port: 0 },
    plugins: [
      {
        name: 'model',
        configureServer({ middlewares }) {
          middlewares.use('/models/digits.safetensors', (_, response) => response.end(model));
        },
      },
    ],
  });
  await server.listen();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(cacheDir, { recursive: true, force: true });
});

test('reads a stroke, learns it under a name, and knows it after a reload', async () => {
  const url = server.resolvedUrls?.local[0] as string;
  const { page } = await watchedPage(browser, url);
  await page.goto(`${url}page-teach.html`);
  const draw = async (): Promise<void> => {
    const box = await page.locator('#pad').boundingBox();
    const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 140];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 170, y, { steps: 20 });
    await page.mouse.up();
  };
  const answer = page.locator('#answer');
  await expect
    .poll(async () => {
      await draw();
      return answer.textContent();
    })
    .not.toBe('');
  await page.locator('#name').fill('dash');
  for (let i = 0; i < 3; i++) await page.locator('#teach').click();
  await expect
    .poll(async () => {
      await draw();
      return answer.textContent();
    })
    .toBe('dash');

  await page.reload();
  await expect
    .poll(async () => {
      await draw();
      return answer.textContent();
    })
    .toBe('dash');
});
