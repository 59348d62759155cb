/** The HTTP API: its routes, and what holds for all of them. */
import { type Context, Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { authenticate } from './auth/authenticate.ts';
import { anyone } from './auth/caller.ts';
import { KeyRecords } from './auth/key-records.ts';
import { preflight, prepareHeaders, requestIdOf } from './http/answer-headers.ts';
import type { AppEnv } from './http/bindings.ts';
import { checkEncoding } from './http/check-encoding.ts';
import { limitBody } from './http/limit-body.ts';
import { limitRate } from './http/limit-rate.ts';
import { answerProblem, Problem } from './http/problem.ts';
import { writeLog } from './http/write-log.ts';
import { ModelCache } from './models/model-cache.ts';
import { healthSchema } from './openapi/answer-schemas.ts';
import { everyAnswer, everyRoute, serveDocument } from './openapi/document.ts';
import { describes, json, operation } from './openapi/operation.ts';
import { classifyRoutes } from './routes/classify.ts';
import { gateRoutes } from './routes/gate.ts';
import { meRoutes } from './routes/me.ts';
import { syncRoutes } from './routes/sync.ts';
import { teachRoutes } from './routes/teach.ts';
import { versionRoutes } from './routes/versions.ts';

export type AppType = ReturnType<typeof createApp>;

export function createApp() {
  const cache = new ModelCache();
  const records = new KeyRecords();
  const app = new Hono<AppEnv>();
  app.onError((error, c) => answerProblem(c, error));
  app.notFound((c) =>
    answerProblem(c, new Problem('request/path', `There is nothing at ${c.req.path}.`)),
  );
  // Few and wide: each middleware that a request passes through takes time.
  app.use(
    describes(everyAnswer, async (c, next) => {
      c.set('requestId', requestIdOf(c));
      c.set('caller', anyone);
      prepareHeaders(c);
      if (c.req.method === 'OPTIONS') c.res = (await preflight(c, next)) as Response;
      else await next();
      writeLog(c);
    }),
    methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed }),
  );
  app.use(
    '/v1/*',
    describes(everyRoute, async (c, next) => {
      checkEncoding(c.req.url);
      c.set('caller', await authenticate(c, records));
      await limitRate(c);
      await limitBody(c);
      await next();
    }),
  );

  const routes = app
    .get(
      '/healthz',
      operation('health', {
        tag: 'Service',
        summary: 'Is the Worker up?',
        access: 'anyone',
        answers: { 200: json('It is.', healthSchema) },
      }),
      (c) => c.json({ status: 'ok' as const }),
    )
    .route('/', meRoutes())
    .route('/', classifyRoutes(cache))
    .route('/', teachRoutes(cache))
    .route('/', syncRoutes())
    .route('/', versionRoutes(cache))
    .route('/', gateRoutes(cache));
  app.get('/v1/openapi.json', serveDocument(app));
  return routes;
}

function answerMethodNotAllowed(c: Context, methods: string[]): Response {
  const allow = methods.join(', ');
  const problem = new Problem(
    'request/method',
    `${c.req.path} takes ${allow}, not ${c.req.method}.`,
  );
  return answerProblem(c, problem, { Allow: allow });
}
