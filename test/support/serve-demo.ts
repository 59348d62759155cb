/** Builds the demo page into a folder of its own and serves it with the headers of production. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preview } from 'vite';

export interface ServedDemo {
  /** Where the page is, with a closing slash. */
  readonly url: string;
  /** The build. */
  readonly folder: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../demo/', import.meta.url));

/**
 * Needs the SDK's build (`tsc -p sdk`) and the trained model.
 * @returns the folder, to be removed by the caller
 */
export async function buildDemo(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'hff-edge-demo-'));
  // In a process of its own: under vitest's NODE_ENV it would not be a production build.
  const vite = fileURLToPath(
    import.meta.resolve('vite/package.json').replace('package.json', 'bin/vite.js'),
  );
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--outDir', outDir, '--emptyOutDir'],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  return outDir;
}

export async function serveDemo(): Promise<ServedDemo> {
  const outDir = await buildDemo();
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview: expected an address to serve the demo at, got none.');
  return {
    url,
    folder: outDir,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
