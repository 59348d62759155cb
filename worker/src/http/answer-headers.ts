/**
 * Headers of every answer. They are named before it is made: each that is set on a finished one costs
 * as much as a layer of a small model.
 */
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import type { AppEnv } from './bindings.ts';

/** What pages of other origins may read. */
const exposed = 'ETag, Server-Timing, X-Request-Id';

/** Answers a browser that asks beforehand what it may ask. */
export const preflight = cors({
  origin: allowedOrigin,
  allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
  maxAge: 86_400,
});

/** The caller's own name for the request, where it has a sound one. */
export function requestIdOf(c: Context): string {
  const given = c.req.header('X-Request-Id');
  return given && /^[\w=-]{1,255}$/.test(given) ? given : crypto.randomUUID();
}

export function prepareHeaders(c: Context<AppEnv>): void {
  c.header('X-Request-Id', c.get('requestId'));
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  c.header('Strict-Transport-Security', 'max-age=31536000');
  const origin = c.req.header('Origin');
  if (origin === undefined || c.req.method === 'OPTIONS') return;
  c.header('Vary', 'Origin');
  const allowed = allowedOrigin(origin, c);
  if (allowed === null) return;
  c.header('Access-Control-Allow-Origin', allowed);
  c.header('Access-Control-Expose-Headers', exposed);
  c.header('Timing-Allow-Origin', allowed);
}

/** Pages of any origin may ask, unless the deployment names those that may. */
function allowedOrigin(origin: string, c: Context<AppEnv>): string | null {
  const allowed = c.env.ALLOWED_ORIGINS?.split(/\s+/).filter(Boolean);
  if (!allowed) return '*';
  return allowed.includes(origin) ? origin : null;
}
