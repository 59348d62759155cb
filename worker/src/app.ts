/** The HTTP API: its routes, and what holds for all of them. */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { timing } from 'hono/timing';
import { authenticate } from './auth/authenticate.ts';
import type { AppEnv } from './http/bindings.ts';
import { checkEncoding } from './http/check-encoding.ts';
import { limitBody } from './http/limit-body.ts';
import { limitRate } from './http/limit-rate.ts';
import { answerProblem, Problem } from './http/problem.ts';
import { writeLog } from './http/write-log.ts';
import { ModelCache } from './models/model-cache.ts';
import { healthSchema } from './openapi/answer-schemas.ts';
import { describe, json } from './openapi/describe.ts';
import { describeEvery, serveDocument } from './openapi/document.ts';
import { classifyRoutes } from './routes/classify.ts';
import { meRoutes } from './routes/me.ts';
import { syncRoutes } from './routes/sync.ts';
import { teachRoutes } from './routes/teach.ts';
import { versionRoutes } from './routes/versions.ts';

export type AppType = ReturnType<typeof createApp>;

export function createApp() {
  const cache = new ModelCache();
  const app = new Hono<AppEnv>();
  app.onError((error, c) => answerProblem(c, error));
  app.notFound((c) =>
    answerProblem(c, new Problem('request/path', `There is nothing at ${c.req.path}.`)),
  );
  app.use(
    requestId(),
    timing({ crossOrigin: true }),
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      crossOriginResourcePolicy: 'cross-origin',
      // Only what means something for answers that are no pages: each header costs time.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xFrameOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
    cors({
      origin: allowedOrigin,
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      exposeHeaders: ['ETag', 'Server-Timing', 'X-Request-Id'],
      maxAge: 86_400,
    }),
    methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed }),
    describeEvery,
    checkEncoding,
    limitBody,
  );
  app.use('/v1/*', writeLog(), authenticate(), limitRate());

  const routes = app
    .get(
      '/healthz',
      describe('health', {
        tag: 'Service',
        summary: 'Is the Worker up?',
        answers: { 200: json('It is.', healthSchema) },
      }),
      (c) => c.json({ status: 'ok' as const }),
    )
    .route('/', meRoutes())
    .route('/', classifyRoutes(cache))
    .route('/', teachRoutes(cache))
    .route('/', syncRoutes())
    .route('/', versionRoutes(cache));
  app.get('/v1/openapi.json', serveDocument(app));
  return routes;
}

/** Pages of any origin may ask, unless the deployment names those that may. */
function allowedOrigin(origin: string, c: Context<AppEnv>): string | null {
  const allowed = c.env.ALLOWED_ORIGINS?.split(/\s+/).filter(Boolean);
  if (!allowed) return '*';
  return allowed.includes(origin) ? origin : null;
}

function answerMethodNotAllowed(c: Context, methods: string[]): Response {
  const allow = methods.join(', ');
  const problem = new Problem(
    'request/method',
    `${c.req.path} takes ${allow}, not ${c.req.method}.`,
  );
  return answerProblem(c, problem, { Allow: allow });
}
