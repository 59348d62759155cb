/** Refuses bodies that are too large, also those that do not say how large they are. */
import type { Context, Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Problem } from './problem.ts';

export const maxBodyBytes = 1024 * 1024;
/** Of a model, which must fit into one value of KV, and of what devices bring. */
export const maxModelBytes = 24 * 1024 * 1024;
const largeBodies = /^\/v1\/models\/[^/]+\/(snapshot|sync)$/;

/** @throws Problem `request/too-large` */
export async function limitBody(c: Context, next: Next): Promise<Response | undefined> {
  const maxSize = largeBodies.test(c.req.path) ? maxModelBytes : maxBodyBytes;
  const limit = bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('request/too-large', `Expected a body of at most ${maxSize} bytes.`);
    },
  });
  return (await limit(c, next)) as Response | undefined;
}
