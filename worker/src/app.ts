/** The HTTP API: its routes, and what holds for all of them. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { timing } from 'hono/timing';
import { describeRoute, openAPIRouteHandler } from 'hono-openapi';
import { authenticate } from './auth/authenticate.ts';
import type { AppEnv } from './http/bindings.ts';
import { limitRate } from './http/limit-rate.ts';
import { answerProblem, Problem } from './http/problem.ts';
import { writeLog } from './http/write-log.ts';
import { ModelCache } from './models/model-cache.ts';
import { classifyRoutes } from './routes/classify.ts';
import { meRoutes } from './routes/me.ts';
import { syncRoutes } from './routes/sync.ts';
import { teachRoutes } from './routes/teach.ts';
import { versionRoutes } from './routes/versions.ts';

const maxBodyBytes = 1024 * 1024;
/** Of a model, which must fit into one value of KV, and of what devices bring. */
const maxModelBytes = 24 * 1024 * 1024;
const largeBodies = /^\/v1\/models\/[^/]+\/(snapshot|sync)$/;

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
      exposeHeaders: ['ETag', 'Server-Timing', 'X-Model-Version', 'X-Request-Id'],
      maxAge: 86_400,
    }),
    methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed }),
    limitBody,
  );
  app.use('/v1/*', writeLog(), authenticate(), limitRate());

  const routes = app
    .get('/healthz', describeRoute({ summary: 'Is the Worker up?' }), (c) =>
      c.json({ status: 'ok' as const }),
    )
    .route('/', meRoutes())
    .route('/', classifyRoutes(cache))
    .route('/', teachRoutes(cache))
    .route('/', syncRoutes())
    .route('/', versionRoutes(cache));
  app.get(
    '/v1/openapi.json',
    openAPIRouteHandler(app, {
      documentation: { info: { title: 'hff-edge', version: '1' } },
    }),
  );
  return routes;
}

/** Pages of any origin may ask, unless the deployment names those that may. */
function allowedOrigin(origin: string, c: Context<AppEnv>): string | null {
  const allowed = c.env.ALLOWED_ORIGINS?.split(/\s+/).filter(Boolean);
  if (!allowed) return '*';
  return allowed.includes(origin) ? origin : null;
}

async function limitBody(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
  const maxSize = largeBodies.test(c.req.path) ? maxModelBytes : maxBodyBytes;
  const limit = bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('request/too-large', `Expected a body of at most ${maxSize} bytes.`);
    },
  });
  return (await limit(c, next)) as Response | undefined;
}

function answerMethodNotAllowed(c: Context, methods: string[]): Response {
  const allow = methods.join(', ');
  const problem = new Problem(
    'request/method',
    `${c.req.path} takes ${allow}, not ${c.req.method}.`,
  );
  return answerProblem(c, problem, { Allow: allow });
}
