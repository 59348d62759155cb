/**
 * The HTTP Worker as it runs when deployed: bundled by wrangler from wrangler.toml and run by
 * workerd, on a free port, with KV in a folder on disk. Needs the SDK's build (`tsc -p sdk`).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getPlatformProxy, unstable_startWorker } from 'wrangler';

const configPath = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));

// Nothing here needs a network: neither wrangler's statistics nor its look-up of `request.cf`.
process.env.WRANGLER_SEND_METRICS = 'false';
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';

export interface StartOptions {
  /** Folder served as static assets; the demo's build by default. */
  readonly assets?: string;
  /** Folder that KV is kept in; by default a fresh one, removed at the end. */
  readonly state?: string;
  /** What is bound besides. */
  readonly bindings?: Parameters<typeof unstable_startWorker>[0]['bindings'];
}

export interface RunningWorker {
  /** Its address, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startWorker({
  assets,
  state,
  bindings,
}: StartOptions = {}): Promise<RunningWorker> {
  const folder = state ?? (await mkdtemp(join(tmpdir(), 'hff-worker-')));
  const worker = await unstable_startWorker({
    config: configPath,
    ...(assets === undefined ? {} : { assets }),
    ...(bindings && { bindings }),
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: folder,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  });
  await worker.ready;
  return {
    url: (await worker.url).origin,
    async stop() {
      await worker.dispose();
      if (state === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What tests need of the KV namespace MODELS. */
export interface StoredModels {
  get(key: string): Promise<string | null>;
  put(key: string, value: string | Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  list(): Promise<{ keys: { name: string }[] }>;
}

/** Opens the KV that a Worker keeps in `state`. */
export async function withStoredModels<T>(
  state: string,
  use: (models: StoredModels) => Promise<T>,
): Promise<T> {
  const proxy = await getPlatformProxy<{ MODELS: StoredModels }>({
    configPath: fileURLToPath(new URL('models.toml', import.meta.url)),
    persist: { path: join(state, 'v3') },
  });
  try {
    return await use(proxy.env.MODELS);
  } finally {
    await proxy.dispose();
  }
}
