/** Who the key is. */
import { Hono } from 'hono';
import type { AppEnv } from '../http/bindings.ts';
import { callerSchema } from '../openapi/answer-schemas.ts';
import { json, operation } from '../openapi/operation.ts';

export function meRoutes() {
  return new Hono<AppEnv>().get(
    '/v1/me',
    operation('whoAmI', {
      tag: 'Service',
      summary: 'Tenant and scope of the API key',
      access: 'classify',
      answers: { 200: json('Who the key is.', callerSchema) },
    }),
    (c) => c.json(c.get('caller')),
  );
}
