/** A Worker as wrangler would deploy it with this project's settings. */
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unstable_readConfig } from 'wrangler';

/** Of this project's Worker, which has a Durable Object. */
export const projectSettings: string = fileURLToPath(
  new URL('../../wrangler.toml', import.meta.url),
);
const otherSettings = fileURLToPath(
  new URL('../../test/support/other-worker.toml', import.meta.url),
);
const wrangler = join(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin/wrangler.js',
);

export interface WorkerBundle {
  readonly folder: string;
  /** Names of files in it, the entry first: JavaScript and WebAssembly. */
  readonly modules: readonly string[];
  readonly compatibilityDate: string;
}

/**
 * Needs the SDK's build.
 * @param entry of the Worker
 * @param folder for the bundle, made here
 * @param settings path of a wrangler.toml; by default the same without the Durable Object
 */
export async function bundleWorker(
  entry: URL,
  folder: string,
  settings: string = otherSettings,
): Promise<WorkerBundle> {
  const assets = join(folder, 'assets');
  await mkdir(assets, { recursive: true });
  const options = ['--config', settings, '--dry-run', '--outdir', folder, '--assets', assets];
  // tfjs's Emscripten factory takes workerd for Node and asks for this name.
  options.push('--define', '__dirname:""');
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', fileURLToPath(entry), ...options],
    { env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
  );
  const files = await readdir(folder);
  return {
    folder,
    modules: [
      ...files.filter((file) => file.endsWith('.js')),
      ...files.filter((file) => file.endsWith('.wasm')),
    ],
    compatibilityDate: unstable_readConfig({ config: settings }).compatibility_date as string,
  };
}
