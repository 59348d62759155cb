/** The HTTP Worker as it is deployed, and beside it in the same process a Hono app with one empty route. */
import { Hono } from 'hono';
import worker, { ModelRoom } from '../../worker/src/index.ts';

export { ModelRoom };

const empty = new Hono().post('/v1/empty', (c) => c.body(null));

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const isEmpty = new URL(request.url).pathname === '/v1/empty';
    return isEmpty ? empty.fetch(request) : worker.fetch(request, env, context);
  },
};
