/** Models that are there, and what they decide. */
import { type Context, Hono } from 'hono';
import { endTime, startTime, wrapTime } from 'hono/timing';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import { allow } from '../auth/authenticate.ts';
import { publicTenant } from '../auth/caller.ts';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { inputsSchema, readBody, type Samples } from '../http/read-body.ts';
import { readSamples } from '../http/read-samples.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { listPointers } from '../models/model-store.ts';
import { defaultModel } from '../models/seed-model.ts';
import { classifiedSchema, modelSchema, modelsSchema } from '../openapi/answer-schemas.ts';
import { describe, json, samplesBody } from '../openapi/describe.ts';
import { unwrap } from '../room/outcome.ts';
import { countSchema, inputOf, refOf, roomOf } from './model-params.ts';

/** Best classes listed unless the caller says how many. */
const defaultTopK = 5;

const topKText = 'How many of the best classes are told: 5 unless said otherwise.';
const bodySchema = v.strictObject({
  inputs: inputsSchema,
  topK: v.optional(v.pipe(v.number(), v.description(topKText))),
});
const querySchema = v.object({ topK: v.optional(v.pipe(countSchema, v.description(topKText))) });
const minVersionText =
  'The least version that may answer: what a change answered is read at once by who asks for it.';
const headerSchema = v.object({
  'x-min-version': v.optional(v.pipe(countSchema, v.description(minVersionText))),
});
const etag = "The model's version, in quotes.";

export function classifyRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .get(
      '/v1/models',
      describe('listModels', {
        tag: 'Models',
        summary: "The tenant's models, and the public ones",
        answers: { 200: json('All of them.', modelsSchema) },
      }),
      allow('classify'),
      async (c) => {
        const first = await cache.find(defaultModel, c.env, c.executionCtx);
        const { tenant } = c.get('caller');
        const pointers = await listPointers(c.env.MODELS, publicTenant);
        // Right after seeding, KV's list may lag behind.
        pointers.set(defaultModel.name, first.pointer);
        const own = await listPointers(c.env.MODELS, tenant);
        const models = Array.from(
          new Map([...pointers, ...own]),
          ([name, { version, sizeBytes }]) => ({ name, version, sizeBytes }),
        );
        return c.json({ models });
      },
    )
    .get(
      '/v1/models/:name',
      describe('describeModel', {
        tag: 'Models',
        summary: 'What a model takes, answers and was made from',
        answers: { 200: json('The model.', modelSchema, { ETag: etag }) },
        refusals: [404, 503],
      }),
      allow('classify'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const ref = refOf(c, name);
        return cache.use(ref, c.env, c.executionCtx, async (model, { version, sizeBytes }) => {
          c.header('ETag', `"${version}"`);
          // As published, whatever the snapshot was called when it was made.
          return c.json({
            ...model.spec,
            name,
            version,
            parameterCount: model.parameterCount,
            sizeBytes,
          });
        });
      },
    )
    .post(
      '/v1/models/:name/classify',
      describe('classify', {
        tag: 'Models',
        summary: 'Classify samples',
        body: samplesBody(bodySchema),
        answers: { 200: json('One result for each sample.', classifiedSchema, { ETag: etag }) },
        refusals: [404, 409, 415, 422, 503],
      }),
      allow('classify'),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', querySchema, rejectIssues),
      validator('header', headerSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const least = c.req.valid('header')['x-min-version'] ?? 0;
        const { samples: given, json } = await wrapTime(
          c,
          'decode',
          readBody(c.req.raw, bodySchema),
        );
        const asked = json?.topK ?? c.req.valid('query').topK;
        startTime(c, 'load');
        const ref = refOf(c, name);
        const isPublished = await cache.has(ref, least, c.env, c.executionCtx);
        if (!isPublished) return classifyInRoom(c, name, least, given, asked);
        return cache.use(ref, c.env, c.executionCtx, async (model, { version }) => {
          endTime(c, 'load');
          const samples = readSamples(given, model.input);
          const topK = asked ?? Math.min(defaultTopK, model.labels.length);
          const results = await wrapTime(c, 'classify', model.classifyBatch(samples, { topK }));
          c.header('ETag', `"${version}"`);
          return c.json({ model: { name, version }, results });
        });
      },
    );

  /** By the room itself: what it knows is newer than what is published. */
  async function classifyInRoom(
    c: Context<AppEnv>,
    name: string,
    least: number,
    given: Samples,
    topK: number | undefined,
  ) {
    const samples = readSamples(given, await inputOf(c, cache, name));
    const { keyId } = c.get('caller');
    const answer = keyId === null ? null : unwrap(await roomOf(c, name).classify(samples, topK));
    if (!answer || answer.version < least) {
      throw new Problem(
        'model/unavailable',
        `X-Min-Version: expected a version that is there, got ${least}, which no answer has told yet.`,
      );
    }
    cache.forget(refOf(c, name));
    const { version, results } = answer;
    c.header('ETag', `"${version}"`);
    return c.json({ model: { name, version }, results });
  }
}
