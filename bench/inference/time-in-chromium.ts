/** The engines in a real Chromium, from the folder `page/` served by Vite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { launchChromium } from '../../test/support/launch-chromium.ts';
import type { Timings } from './time-engines.ts';
import type { WorkloadName } from './workloads.ts';

export interface ChromiumTimings {
  /** Of the browser. */
  readonly version: string;
  readonly timings: Timings;
}

/** @param limitModule read-limit.ts, compiled */
export async function timeInChromium(
  name: WorkloadName,
  limitModule: Uint8Array,
): Promise<ChromiumTimings> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'hff-vite-'));
  const server = await createServer({
    root: fileURLToPath(new URL('page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    appType: 'mpa',
    // It finds its parts by its own address.
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] as string);
    await page.waitForFunction(() => 'timeInPage' in globalThis);
    const timings = await page.evaluate(
      ([workload, bytes]) => globalThis.timeInPage(workload, bytes),
      [name, [...limitModule]] as const,
    );
    return { version: browser.version(), timings };
  } finally {
    await browser.close();
    await server.close();
    await rm(cacheDir, { recursive: true, force: true });
  }
}
