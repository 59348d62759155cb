/** Refuses addresses whose percent-encoding is none, which would otherwise stand for themselves. */
import { createMiddleware } from 'hono/factory';
import { Problem } from './problem.ts';

/** @throws Problem `request/invalid` */
export const checkEncoding = createMiddleware(async (c, next) => {
  try {
    decodeURI(c.req.url);
  } catch {
    throw new Problem(
      'request/invalid',
      'The address: expected UTF-8 in percent-encoding, got another.',
    );
  }
  await next();
});
