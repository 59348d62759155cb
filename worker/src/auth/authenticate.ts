/** Finds out who asks, from `Authorization: Bearer …`. */
import type { Context } from 'hono';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { hashSecret, parseApiKey } from './api-key.ts';
import { anyone, type Caller } from './caller.ts';
import type { KeyRecords } from './key-records.ts';
import { isSameHash } from './same-hash.ts';

/** @throws Problem `auth/invalid` for a key that is none, whatever the reason */
export async function authenticate(c: Context<AppEnv>, records: KeyRecords): Promise<Caller> {
  const header = c.req.header('Authorization');
  if (header === undefined) return anyone;
  const key = parseApiKey(/^Bearer +(\S+) *$/i.exec(header)?.[1] ?? '');
  const record = key && (await records.find(c.env.MODELS, key.id));
  // The same work and the same answer whether the id or the secret is wrong.
  const hash = await hashSecret(key?.secret ?? '');
  if (!key || !isSameHash(record?.secretHash ?? '0'.repeat(64), hash) || !record) {
    throw new Problem('auth/invalid', 'Expected a valid API key after "Bearer", got another.');
  }
  return { tenant: record.tenant, keyId: key.id, scope: record.scope };
}
