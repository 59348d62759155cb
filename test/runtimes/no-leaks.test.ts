/** Classifying takes no memory after the first time, in workerd as in Chromium. */
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import { digitsPath, makeAssets } from '../worker/serve-digits.ts';
import { serveClassifyPage } from './classify-page.ts';
import type { MemoryUse } from './measure-memory.ts';

test('in workerd', async () => {
  const assets = await makeAssets();
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../../wrangler.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL('measure-memory.ts', import.meta.url)),
    assets,
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: false,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  });
  try {
    await worker.ready;
    const url = new URL('/v1', await worker.url);
    const response = await fetch(url, { method: 'POST', body: await readFile(digitsPath) });
    const { first, last } = (await response.json()) as MemoryUse;
    expect(first).toBeGreaterThan(0);
    expect(last).toBe(first);
  } finally {
    await worker.dispose();
    await rm(assets, { recursive: true });
  }
});

test('in Chromium', async () => {
  const served = await serveClassifyPage();
  try {
    const page = await served.open();
    const [first, last] = await page.evaluate(async () => {
      const size = 784;
      const one = btoa('\0'.repeat(size));
      const many = btoa('\0'.repeat(size * 200));
      await globalThis.classifyDigits(one, size);
      await globalThis.classifyDigits(many, size);
      const first = globalThis.memoryBytes();
      for (let i = 0; i < 50; i++) await globalThis.classifyDigits(i % 5 ? one : many, size);
      return [first, globalThis.memoryBytes()] as const;
    });
    expect(first).toBeGreaterThan(0);
    expect(last).toBe(first);
  } finally {
    await served.close();
  }
});
