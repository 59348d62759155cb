/** The Worker of `worker/` in workerd, with what it keeps in a folder. */
import { fileURLToPath } from 'node:url';
import { unstable_startWorker } from 'wrangler';

process.env.WRANGLER_SEND_METRICS = 'false';
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';

export interface ContractWorker {
  /** @throws Error where the case fails */
  run(driver: 'kv' | 'memory' | 'room', name: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param state folder that is there still when the Worker has stopped */
export async function startContractWorker(state: string): Promise<ContractWorker> {
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('worker/wrangler.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL('worker/contract-worker.ts', import.meta.url)),
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: state,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  });
  await worker.ready;
  const address = (await worker.url).origin;
  return {
    async run(driver, name) {
      const response = await fetch(`${address}/${driver}/${encodeURIComponent(name)}`);
      const failure = await response.text();
      if (!response.ok || failure) throw new Error(failure || `status ${response.status}`);
    },
    stop: () => worker.dispose(),
  };
}
