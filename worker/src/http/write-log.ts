/**
 * One line of JSON for each request that changes something or fails, and one data point for every request
 * where metrics are bound; no sample is in it. Of requests that only ask, the platform's own log tells.
 */
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import type { AppEnv } from './bindings.ts';

export function writeLog(c: Context<AppEnv>): void {
  const { status } = c.res;
  const { method, path } = c.req;
  const isQuiet = status < 400 && (method === 'GET' || path.endsWith('/classify'));
  if (isQuiet && !c.env.METRICS) return;
  const requestId = c.get('requestId');
  const { tenant, keyId } = c.get('caller');
  const route = routePath(c, -1);
  if (!isQuiet) console.log(JSON.stringify({ requestId, method, route, status, tenant, keyId }));
  c.env.METRICS?.writeDataPoint({
    indexes: [tenant],
    blobs: [method, route, String(status)],
    doubles: [status],
  });
}
