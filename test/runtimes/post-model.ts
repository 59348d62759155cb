/** Runs a Worker in workerd for one request: a model's bytes. */

import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { unstable_startWorker } from 'wrangler';
import { quietDev } from '../support/quiet-dev.ts';
import { digitsPath, makeAssets } from '../worker/serve-digits.ts';

/**
 * @param entry the Worker's module
 * @param bytes of a model; by default those of the default model
 * @returns what it answers, as JSON says it
 */
export async function postModel(entry: URL, bytes?: Uint8Array): Promise<unknown> {
  const assets = await makeAssets();
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../support/other-worker.toml', import.meta.url)),
    entrypoint: fileURLToPath(entry),
    assets,
    dev: quietDev,
  });
  try {
    await worker.ready;
    const url = new URL('/v1', await worker.url);
    const body = (bytes ?? (await readFile(digitsPath))) as Uint8Array<ArrayBuffer>;
    const response = await fetch(url, { method: 'POST', body });
    return await response.json();
  } finally {
    await worker.dispose();
    await rm(assets, { recursive: true });
  }
}
