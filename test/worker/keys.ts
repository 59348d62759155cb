/** API keys for a Worker that is about to start. */
import { hashSecret, newApiKey } from '../../worker/src/auth/api-key.ts';
import type { Scope } from '../../worker/src/auth/caller.ts';
import { withStoredModels } from '../support/start-worker.ts';

export interface TestKey {
  readonly id: string;
  /** For the header `Authorization`. */
  readonly bearer: string;
}

/** Stores one key for each of these in the KV of `state`. */
export async function makeKeys(
  state: string,
  wanted: readonly (readonly [tenant: string, scope: Scope])[],
): Promise<TestKey[]> {
  const keys = wanted.map(() => newApiKey());
  await withStoredModels(state, async (models) => {
    for (const [i, [tenant, scope]] of wanted.entries()) {
      const { id, secret } = keys[i] as (typeof keys)[number];
      const record = { tenant, scope, secretHash: await hashSecret(secret) };
      await models.put(`key/${id}`, JSON.stringify(record));
    }
  });
  return keys.map(({ id, text }) => ({ id, bearer: `Bearer ${text}` }));
}
