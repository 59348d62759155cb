/**
 * Workers KV and a Durable Object's database as wrangler simulates them in a real workerd: on this
 * machine's disk, without the network that is between a Worker and KV.
 *
 * workerd's clock stands still while a request runs, so the time is taken here, around the request. All
 * rivals are asked for in the same way: one request for as many as `repeats` says. What a request
 * takes in which nothing is done is subtracted from each: the quickest of some right before, so that
 * never too much is taken away. What is left of it is a few hundredths of a millisecond per sample.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unstable_startWorker } from 'wrangler';
import type { Action } from '../actions.ts';
import type { Site } from './site.ts';

process.env.WRANGLER_SEND_METRICS = 'false';
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';

const emptyRequests = 5;

export const durableObjectSite = (source: Uint8Array): Promise<Site> =>
  workerdSite('Durable Object, workerd', 'room', source);

export const kvSite = (source: Uint8Array): Promise<Site> =>
  workerdSite('KV, workerd', 'kv', source);

async function workerdSite(name: string, path: string, source: Uint8Array): Promise<Site> {
  const state = await mkdtemp(join(tmpdir(), 'hff-state-'));
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../worker/wrangler.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL('../worker/trial-worker.ts', import.meta.url)),
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: state,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  });
  const stop = async (): Promise<void> => {
    await worker.dispose();
    await rm(state, { recursive: true });
  };
  try {
    await worker.ready;
    const address = `${(await worker.url).origin}/${path}`;
    const ask = async (what: string, body: Uint8Array<ArrayBuffer> | null = null) => {
      const request = { method: 'POST', body };
      const response = await fetch(`${address}/${encodeURIComponent(what)}`, request);
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return text;
    };
    const time = async (action: Action): Promise<number> => {
      const started = performance.now();
      await ask(action);
      return performance.now() - started;
    };
    // It ends when workerd does.
    if (path === 'room') ask('stay').catch(() => {});
    await ask('begin', new Uint8Array(source));
    return {
      name,
      async time(action) {
        const empty: number[] = [];
        for (let i = 0; i < emptyRequests; i++) empty.push(await time('nothing'));
        return (await time(action)) - Math.min(...empty);
      },
      report: async () => JSON.parse(await ask('report')),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
