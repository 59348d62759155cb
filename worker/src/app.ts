/** The HTTP API: routes, and what holds for all of them. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { endTime, startTime, timing, wrapTime } from 'hono/timing';
import { describeRoute, resolver, validator } from 'hono-openapi';
import * as v from 'valibot';
import { ModelCache } from './model-cache.ts';
import { modelNameSchema } from './model-name.ts';
import { listPointers } from './model-store.ts';
import { answerProblem, Problem } from './problem.ts';
import { classifyBodySchema, readBody } from './read-body.ts';
import { readSamples } from './read-samples.ts';
import { rejectIssues } from './reject-issues.ts';
import { defaultModel } from './seed-model.ts';

type Bindings = { Bindings: Env };

const maxBodyBytes = 1024 * 1024;

/** Best classes listed unless the caller says how many. */
const defaultTopK = 5;

const querySchema = v.object({
  topK: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number))),
});

export type AppType = ReturnType<typeof createApp>;

export function createApp() {
  const cache = new ModelCache();
  const app = new Hono<Bindings>();
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
    }),
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'POST'],
      exposeHeaders: ['Server-Timing', 'X-Request-Id'],
      maxAge: 86_400,
    }),
    methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed }),
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new Problem('request/too-large', `Expected a body of at most ${maxBodyBytes} bytes.`);
      },
    }),
  );

  return app
    .get('/healthz', describeRoute({ summary: 'Is the Worker up?' }), (c) =>
      c.json({ status: 'ok' as const }),
    )
    .get('/v1/models', describeRoute({ summary: 'All models' }), async (c) => {
      const first = await cache.pointer(defaultModel, c.env, c.executionCtx);
      const pointers = await listPointers(c.env.MODELS);
      // Right after seeding, KV's list may lag behind.
      pointers.set(defaultModel, first);
      const models = Array.from(pointers, ([name, { version, sizeBytes }]) => ({
        name,
        version,
        sizeBytes,
      }));
      return c.json({ models });
    })
    .get(
      '/v1/models/:name',
      describeRoute({ summary: 'What a model takes, answers and was made from' }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        return cache.use(name, c.env, c.executionCtx, async (model, { version, sizeBytes }) =>
          // As published, whatever the snapshot was called when it was made.
          c.json({
            ...model.spec,
            name,
            version,
            parameterCount: model.parameterCount,
            sizeBytes,
          }),
        );
      },
    )
    .post(
      '/v1/models/:name/classify',
      describeRoute({
        summary: 'Classify samples',
        requestBody: {
          content: {
            'application/json': { schema: resolver(classifyBodySchema) },
            'image/png': {},
            'image/jpeg': {},
            'application/octet-stream': {},
          },
        },
      }),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', querySchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const body = await wrapTime(c, 'decode', readBody(c.req.raw));
        startTime(c, 'load');
        return cache.use(name, c.env, c.executionCtx, async (model, { version }) => {
          endTime(c, 'load');
          const topK =
            body.topK ?? c.req.valid('query').topK ?? Math.min(defaultTopK, model.labels.length);
          const samples = readSamples(body, model.input);
          const results = await wrapTime(c, 'classify', model.classifyBatch(samples, { topK }));
          return c.json({ model: { name, version }, results });
        });
      },
    );
}

function answerMethodNotAllowed(c: Context, methods: string[]): Response {
  const allow = methods.join(', ');
  const problem = new Problem(
    'request/method',
    `${c.req.path} takes ${allow}, not ${c.req.method}.`,
  );
  return answerProblem(c, problem, { Allow: allow });
}
