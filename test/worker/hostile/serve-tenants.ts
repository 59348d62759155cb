/** A Worker for a test file, with two tenants: one whose model must stay as it is, one to be spoilt. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type RunningWorker, startWorker } from '../../support/start-worker.ts';
import { makeKeys, type TestKey } from '../keys.ts';
import { makeAssets } from '../serve-digits.ts';
import { ApiDocument, type Scope } from './api-document.ts';

export type Keys = Readonly<Record<Scope, TestKey>>;

export interface Tenants {
  readonly url: string;
  readonly api: ApiDocument;
  readonly kept: Keys;
  readonly spoilt: Keys;
}

/** Starts it before the tests of a file; the result is there in tests only. */
export function serveTenants(): () => Tenants {
  let [assets, state] = ['', ''];
  let worker: RunningWorker;
  let tenants: Tenants;
  beforeAll(async () => {
    [assets, state] = [await makeAssets(), await mkdtemp(join(tmpdir(), 'hff-hostile-'))];
    const scopes: readonly Scope[] = ['classify', 'learn', 'admin'];
    const wanted = ['kept', 'spoilt'].flatMap((tenant) =>
      scopes.map((scope) => [tenant, scope] as const),
    );
    const keys = await makeKeys(state, wanted);
    const [kept, spoilt] = [keys.slice(0, 3), keys.slice(3)].map((own) =>
      Object.fromEntries(scopes.map((scope, i) => [scope, own[i]])),
    ) as [Keys, Keys];
    worker = await startWorker({ assets, state });
    const response = await fetch(`${worker.url}/v1/openapi.json`);
    const document = (await response.json()) as ConstructorParameters<typeof ApiDocument>[0];
    tenants = { url: worker.url, api: new ApiDocument(document), kept, spoilt };
  });
  afterAll(async () => {
    await worker?.stop();
    for (const folder of [assets, state]) await rm(folder, { recursive: true, force: true });
  });
  return () => tenants;
}
