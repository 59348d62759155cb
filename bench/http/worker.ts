/**
 * The HTTP Worker as it is deployed, and beside it in the same process a Hono app with two routes: one
 * that is empty, and one that reads a digit's bytes and classifies, with nothing around it.
 */
import { loadModel, type Model } from '@hff-edge/sdk/worker';
import { Hono } from 'hono';
import worker, { ModelRoom } from '../../worker/src/index.ts';

export { ModelRoom };

const paths = ['/v1/empty', '/v1/bare'];
let model: Promise<Model> | undefined;

async function load({ ASSETS }: Env): Promise<Model> {
  const file = await ASSETS.fetch('https://assets.invalid/models/digits.safetensors');
  return loadModel(new Uint8Array(await file.arrayBuffer()));
}

const bare = new Hono<{ Bindings: Env }>()
  .post('/v1/empty', (c) => c.body(null))
  .post('/v1/bare', async (c) => {
    model ??= load(c.env);
    const digit = new Uint8Array(await c.req.arrayBuffer());
    return c.json({ results: [await (await model).classify(digit, { topK: 5 })] });
  });

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const isBare = paths.includes(new URL(request.url).pathname);
    return isBare ? bare.fetch(request, env) : worker.fetch(request, env, context);
  },
};
