/** Refuses bodies that are too large, also those that do not say how large they are. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Problem } from './problem.ts';

export const maxBodyBytes = 1024 * 1024;
/** Of a model, which must fit into one value of KV, and of what devices bring. */
export const maxModelBytes = 24 * 1024 * 1024;
const largeBodies = /^\/v1\/models\/[^/]+\/(snapshot|sync)$/;

/** @throws Problem `request/too-large` */
export async function limitBody(c: Context): Promise<void> {
  const maxSize = largeBodies.test(c.req.path) ? maxModelBytes : maxBodyBytes;
  const told = c.req.header('Content-Length');
  // To look at the body itself takes longer, and HTTP sees to it that it is as long as it says.
  if (told && Number(told) <= maxSize && !c.req.header('Transfer-Encoding')) return;
  const limit = bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('request/too-large', `Expected a body of at most ${maxSize} bytes.`);
    },
  });
  await limit(c, async () => {});
}
