/**
 * One line of JSON for each request that changes something or fails, and one data point for every request
 * where metrics are bound; no sample is in it. Of requests that only ask, the platform's own log tells.
 */
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { AppEnv } from './bindings.ts';

export function writeLog() {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const { tenant = '', keyId = null } = c.get('caller') ?? {};
    const route = routePath(c, -1);
    const { status } = c.res;
    const { method } = c.req;
    const isQuiet = status < 400 && (method === 'GET' || route.endsWith('/classify'));
    if (!isQuiet) {
      console.log(
        JSON.stringify({ requestId: c.get('requestId'), method, route, status, tenant, keyId }),
      );
    }
    c.env.METRICS?.writeDataPoint({
      indexes: [tenant],
      blobs: [method, route, String(status)],
      doubles: [status],
    });
  });
}
