/** Finds out who asks, from `Authorization: Bearer …`; and lets nobody do more than their key allows. */
import { createMiddleware } from 'hono/factory';
import { Problem } from '../http/problem.ts';
import { describes } from '../openapi/describe.ts';
import { problems } from '../openapi/problems.ts';
import { hashSecret, parseApiKey } from './api-key.ts';
import { anyone, type Caller, includes, type Scope } from './caller.ts';
import { KeyRecords } from './key-records.ts';
import { isSameHash } from './same-hash.ts';

export interface AuthVariables {
  readonly caller: Caller;
}

/** @throws Problem `auth/invalid` for a key that is none, whatever the reason */
export function authenticate() {
  const records = new KeyRecords();
  const middleware = createMiddleware<{ Bindings: Env; Variables: AuthVariables }>(
    async (c, next) => {
      const header = c.req.header('Authorization');
      c.set('caller', header === undefined ? anyone : await callerOf(records, c.env, header));
      await next();
    },
  );
  return describes({ responses: problems(401) }, middleware);
}

/** @throws Problem `auth/required` without a key, `auth/scope` where it does not reach so far */
export function allow(needed: Scope, withKey = needed !== 'classify') {
  const middleware = createMiddleware<{ Variables: AuthVariables }>(async (c, next) => {
    const { keyId, scope } = c.get('caller');
    if (withKey && keyId === null) {
      throw new Problem(
        'auth/required',
        'Expected Authorization: Bearer with an API key, got none.',
      );
    }
    if (!includes(scope, needed)) {
      throw new Problem(
        'auth/scope',
        `Expected a key of scope ${needed}, got one of scope ${scope}.`,
      );
    }
    await next();
  });
  const security = [...(withKey ? [] : [{}]), { apiKey: [needed] }];
  const responses = needed === 'classify' ? {} : problems(403);
  return describes({ security, responses }, middleware);
}

async function callerOf(records: KeyRecords, env: Env, header: string): Promise<Caller> {
  const key = parseApiKey(/^Bearer +(\S+) *$/i.exec(header)?.[1] ?? '');
  const record = key && (await records.find(env.MODELS, key.id));
  // The same work and the same answer whether the id or the secret is wrong.
  const hash = await hashSecret(key?.secret ?? '');
  if (!key || !isSameHash(record?.secretHash ?? '0'.repeat(64), hash) || !record) {
    throw new Problem('auth/invalid', 'Expected a valid API key after "Bearer", got another.');
  }
  return { tenant: record.tenant, keyId: key.id, scope: record.scope };
}
