/** Memory and a folder, in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore, importModel, loadModel, openModel } from '@hff-edge/sdk/node';
import { memoryStore } from '@hff-edge/sdk/stores';
import type { Platform } from '../platform.ts';
import { rawFiles } from '../raw/files.ts';
import { rawMap } from '../raw/map.ts';
import { Trial } from '../trial.ts';
import type { Site } from './site.ts';

type Place = Pick<Platform, 'store' | 'raw'>;

export async function memorySite(source: Uint8Array): Promise<Site> {
  const store = memoryStore();
  const raw = rawMap(new Map());
  return nodeSite('memory, Node', { store: () => store, raw: () => raw }, source);
}

export async function fileSite(source: Uint8Array): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-storing-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true });
  const place = {
    store: () => fileStore(join(folder, 'kept')),
    raw: () => rawFiles(join(folder, 'raw')),
  };
  return nodeSite('files, Node', place, source, remove).catch(async (cause) => {
    await remove();
    throw cause;
  });
}

async function nodeSite(
  name: string,
  place: Place,
  source: Uint8Array,
  stop: () => Promise<void> = async () => {},
): Promise<Site> {
  const trial = await Trial.begin({ loadModel, openModel, importModel, ...place }, source);
  return {
    name,
    async time(action) {
      const started = performance.now();
      await trial.run(action);
      return performance.now() - started;
    },
    report: () => trial.report(),
    stop,
  };
}
