/** Holds back who asks too often, where a rate limit is bound. It counts for each location by itself. */
import type { Context } from 'hono';
import type { AppEnv } from './bindings.ts';
import { Problem } from './problem.ts';

/** @throws Problem `quota/rate` */
export async function limitRate(c: Context<AppEnv>): Promise<void> {
  const { LIMITER } = c.env;
  if (!LIMITER) return;
  const key = c.get('caller').keyId ?? c.req.header('CF-Connecting-IP') ?? 'unknown';
  const { success } = await LIMITER.limit({ key });
  if (success) return;
  throw new Problem('quota/rate', 'Too many requests within a minute. Wait, then go on slower.');
}
