/** A Worker of this folder in workerd, with the small net among its assets, asked once. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unstable_startWorker } from 'wrangler';
import { quietDev } from '../support/quiet-dev.ts';
import { makeAssets } from '../worker/serve-digits.ts';
import { digitArtifacts } from './digit-graph.ts';

/**
 * @param body is sent to it
 * @returns its answer
 */
export async function runInWorker(file: string, body: Uint8Array): Promise<unknown> {
  const assets = await makeAssets();
  await writeNet(join(assets, 'net'));
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../support/other-worker.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL(file, import.meta.url)),
    assets,
    // tfjs's Emscripten factory takes workerd for Node and asks for this name.
    build: { define: { __dirname: '""' } },
    dev: quietDev,
  });
  try {
    await worker.ready;
    const url = new URL('/v1', await worker.url);
    const response = await fetch(url, { method: 'POST', body: Buffer.from(body) });
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  } finally {
    await worker.dispose();
    await rm(assets, { recursive: true });
  }
}

/** As tfjs's converter leaves it: a topology, and the weights beside it. */
async function writeNet(folder: string): Promise<void> {
  const { weightData, weightSpecs, ...topology } = digitArtifacts();
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  await mkdir(folder);
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...topology, weightsManifest }));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData));
}
