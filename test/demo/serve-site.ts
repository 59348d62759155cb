/** The page as deployed, with a key: built, and served by workerd beside the API. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../support/serve-demo.ts';
import { startWorker } from '../support/start-worker.ts';
import { makeKeys, type TestKey } from '../worker/keys.ts';
import type { Site } from './states.ts';

export interface ServedSite extends Site {
  /** The build. */
  readonly folder: string;
  close(): Promise<void>;
}

export async function serveSite(): Promise<ServedSite> {
  const state = await mkdtemp(join(tmpdir(), 'hff-demo-state-'));
  const folder = await buildDemo();
  const [key] = (await makeKeys(state, [['acme', 'learn']])) as [TestKey];
  const worker = await startWorker({ assets: folder, state });
  return {
    url: worker.url,
    token: key.bearer.slice('Bearer '.length),
    folder,
    async close() {
      await worker.stop();
      for (const each of [state, folder]) await rm(each, { recursive: true, force: true });
    },
  };
}
