/** A running Worker with the project's own model, for one test file. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type RunningWorker, startWorker } from '../support/start-worker.ts';

export const digitsPath = fileURLToPath(
  new URL('../../models/digits/digits.safetensors', import.meta.url),
);

/** A fresh folder with what the demo's build puts into the assets as far as the Worker cares. */
export async function makeAssets(): Promise<string> {
  const assets = await mkdtemp(join(tmpdir(), 'hff-assets-'));
  await mkdir(join(assets, 'models'));
  await cp(digitsPath, join(assets, 'models/digits.safetensors'));
  await writeFile(join(assets, 'index.html'), '<!doctype html><title>Page</title>');
  return assets;
}

/** Starts a Worker before the tests of a file; the result sends it requests by path. */
export function serveDigits(): (path: string, init?: RequestInit) => Promise<Response> {
  let assets: string;
  let worker: RunningWorker;
  beforeAll(async () => {
    assets = await makeAssets();
    worker = await startWorker({ assets });
  });
  afterAll(async () => {
    await worker.stop();
    await rm(assets, { recursive: true });
  });
  return (path, init) => fetch(worker.url + path, init);
}
