/** Holds back who asks too often, where a rate limit is bound. It counts for each location by itself. */
import { createMiddleware } from 'hono/factory';
import { describes } from '../openapi/describe.ts';
import { problems } from '../openapi/problems.ts';
import type { AppEnv } from './bindings.ts';
import { Problem } from './problem.ts';

/** @throws Problem `quota/rate` */
export function limitRate() {
  const middleware = createMiddleware<AppEnv>(async (c, next) => {
    const key = c.get('caller').keyId ?? c.req.header('CF-Connecting-IP') ?? 'unknown';
    const outcome = await c.env.LIMITER?.limit({ key });
    if (outcome?.success === false) {
      throw new Problem(
        'quota/rate',
        'Too many requests within a minute. Wait, then go on slower.',
      );
    }
    await next();
  });
  return describes({ responses: problems(429) }, middleware);
}
