/** Who the key is. */
import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { allow } from '../auth/authenticate.ts';
import type { AppEnv } from '../http/bindings.ts';

export function meRoutes() {
  return new Hono<AppEnv>().get(
    '/v1/me',
    describeRoute({ summary: 'Tenant and scope of the API key' }),
    allow('classify', true),
    (c) => c.json(c.get('caller')),
  );
}
