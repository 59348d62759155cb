/** Models that are there, and what they decide. */
import type { Classification } from '@hff-edge/sdk/worker';
import { type Context, Hono } from 'hono';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import { publicTenant } from '../auth/caller.ts';
import type { AppEnv } from '../http/bindings.ts';
import { inputsSchema } from '../http/inputs-schema.ts';
import { Problem } from '../http/problem.ts';
import { readBody, type Samples } from '../http/read-body.ts';
import { readCount } from '../http/read-count.ts';
import { readSamples } from '../http/read-samples.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import { ServerTiming } from '../http/server-timing.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { listPointers } from '../models/model-store.ts';
import { defaultModel } from '../models/seed-model.ts';
import { classifiedSchema, modelSchema, modelsSchema } from '../openapi/answer-schemas.ts';
import { count, json, operation, samplesBody } from '../openapi/operation.ts';
import { unwrap } from '../room/outcome.ts';
import { findPublished, inputOf, refOf, roomOf } from './model-params.ts';

/** Best classes listed unless the caller says how many. */
const defaultTopK = 5;

const topKText = 'How many of the best classes are told: 5 unless said otherwise.';
const bodySchema = v.strictObject({
  inputs: inputsSchema,
  topK: v.optional(v.pipe(v.number(), v.description(topKText))),
});
const minVersionText =
  'The least version that may answer: what a change answered is read at once by who asks for it.';
const etag = "The model's version, in quotes.";

export function classifyRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .get(
      '/v1/models',
      operation('listModels', {
        tag: 'Models',
        summary: "The tenant's models, and the public ones",
        access: 'anyone',
        answers: { 200: json('All of them.', modelsSchema) },
      }),
      async (c) => {
        const first = await cache.find(defaultModel, c.env);
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
      operation('describeModel', {
        tag: 'Models',
        summary: 'What a model takes, answers and was made from',
        access: 'anyone',
        answers: { 200: json('The model.', modelSchema, { ETag: etag }) },
        refusals: [404, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const found = await cache.find(refOf(c, name), c.env);
        const { version, sizeBytes } = found.pointer;
        return cache.use(found, c.env, (model) => {
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
      operation('classify', {
        tag: 'Models',
        summary: 'Classify samples',
        access: 'anyone',
        body: samplesBody(bodySchema),
        parameters: [
          count('query', 'topK', topKText),
          count('header', 'X-Min-Version', minVersionText),
        ],
        answers: { 200: json('One result for each sample.', classifiedSchema, { ETag: etag }) },
        refusals: [404, 409, 415, 422, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const least = readCount('X-Min-Version', c.req.header('X-Min-Version')) ?? 0;
        const topKInQuery = readCount('topK', c.req.queries('topK'));
        const timing = new ServerTiming();
        const { samples: given, json } = await readBody(c.req.raw, bodySchema);
        timing.end('decode');
        const asked = json?.topK ?? topKInQuery;
        const found = await findPublished(c, cache, name);
        if (!found || found.pointer.version < least) {
          return classifyInRoom(c, name, least, given, asked, timing);
        }
        return cache.use(found, c.env, async (model) => {
          timing.end('load');
          const samples = readSamples(given, model.input);
          const topK = asked ?? Math.min(defaultTopK, model.labels.length);
          const results = await model.classifyBatch(samples, { topK });
          timing.end('classify');
          return answerResults(c, name, found.pointer.version, results, timing);
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
    timing: ServerTiming,
  ) {
    const samples = readSamples(given, await inputOf(c, cache, name));
    const { keyId } = c.get('caller');
    const answer = keyId === null ? null : unwrap(await roomOf(c, name).classify(samples, topK));
    timing.end('room');
    if (!answer || answer.version < least) {
      throw new Problem(
        'model/unavailable',
        `X-Min-Version: expected a version that is there, got ${least}, which no answer has told yet.`,
      );
    }
    cache.forget(refOf(c, name));
    return answerResults(c, name, answer.version, answer.results, timing);
  }
}

function answerResults(
  c: Context<AppEnv>,
  name: string,
  version: number,
  results: readonly Classification[],
  timing: ServerTiming,
) {
  const headers = { ETag: `"${version}"`, 'Server-Timing': timing.header };
  return c.json({ model: { name, version }, results }, 200, headers);
}
