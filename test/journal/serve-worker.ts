/** Runs the Worker of `worker/` in workerd with its state in a folder, tells its address, and waits to be killed. */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unstable_startWorker } from 'wrangler';

process.env.WRANGLER_SEND_METRICS = 'false';
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';

const worker = await unstable_startWorker({
  config: fileURLToPath(new URL('worker/wrangler.toml', import.meta.url)),
  entrypoint: fileURLToPath(new URL('worker/keep-worker.ts', import.meta.url)),
  dev: {
    server: { hostname: '127.0.0.1', port: 0 },
    persist: process.argv[2] as string,
    inspector: false,
    watch: false,
    logLevel: 'none',
  },
});
await worker.ready;
writeSync(1, `${(await worker.url).origin}\n`);
