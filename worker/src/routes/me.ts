/** Who the key is. */
import { Hono } from 'hono';
import { allow } from '../auth/authenticate.ts';
import type { AppEnv } from '../http/bindings.ts';
import { callerSchema } from '../openapi/answer-schemas.ts';
import { describe, json } from '../openapi/describe.ts';

export function meRoutes() {
  return new Hono<AppEnv>().get(
    '/v1/me',
    describe('whoAmI', {
      tag: 'Service',
      summary: 'Tenant and scope of the API key',
      answers: { 200: json('Who the key is.', callerSchema) },
    }),
    allow('classify', true),
    (c) => c.json(c.get('caller')),
  );
}
