/** What changes a model's knowledge: one room for each tenant's model does it, one call after another. */
import type { ClassCount } from '@hff-edge/sdk/worker';
import { type Context, Hono } from 'hono';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import type { AppEnv } from '../http/bindings.ts';
import { inputsSchema } from '../http/inputs-schema.ts';
import { Problem } from '../http/problem.ts';
import { parseJson, readBody } from '../http/read-body.ts';
import { labelsOf } from '../http/read-labels.ts';
import { readSamples } from '../http/read-samples.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import {
  changedSchema,
  classesSchema,
  classSchema,
  learnedSchema,
} from '../openapi/answer-schemas.ts';
import { json, jsonBody, operation, samplesBody } from '../openapi/operation.ts';
import { unwrap } from '../room/outcome.ts';
import { checkRequestKey, inputOf, refOf, requestOf, roomOf } from './model-params.ts';

const labelSchema = v.pipe(v.string(), v.description('1 to 256 characters.'));
const augmentText =
  'Whether moved copies are learned too: so unless said otherwise where there is one sample.';
const learnSchema = v.strictObject({
  inputs: inputsSchema,
  labels: v.array(labelSchema),
  augment: v.optional(v.pipe(v.boolean(), v.description(augmentText))),
});
const forgetSchema = v.strictObject({ inputs: inputsSchema, labels: v.array(labelSchema) });
const forgetQuerySchema = v.object({ label: v.optional(labelSchema) });
const learnQuerySchema = v.object({
  ...forgetQuerySchema.entries,
  augment: v.optional(v.pipe(v.picklist(['true', 'false']), v.description(augmentText))),
});
const classParamSchema = v.object({ ...modelNameSchema.entries, label: labelSchema });
const renameSchema = v.strictObject({ label: labelSchema });
const forgetTaughtSchema = v.strictObject({
  keyId: v.pipe(v.string(), v.regex(/^[a-z0-9]{12}$/, 'Expected the id of an API key.')),
});

const changed = { 200: json('What the change made.', changedSchema) };

export function teachRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .post(
      '/v1/models/:name/learn',
      operation('learn', {
        tag: 'Teaching',
        summary: 'Learn labelled samples',
        access: 'learn',
        body: samplesBody(learnSchema),
        answers: { 200: json('What was learned.', learnedSchema) },
        refusals: [404, 409, 415, 422, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', learnQuerySchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name } = c.req.valid('param');
        const query = c.req.valid('query');
        const request = requestOf(c);
        const { samples: given, json } = await readBody(c.req.raw, learnSchema);
        const samples = readSamples(given, await inputOf(c, cache, name));
        const labels = labelsOf(json?.labels, query.label, samples.length);
        const asked = json?.augment ?? (query.augment && query.augment === 'true');
        const augment = asked ?? samples.length === 1;
        const room = roomOf(c, name);
        const { version, repeated } = unwrap(await room.learn(samples, labels, augment, request));
        return c.json({ model: { name, version }, learned: samples.length, repeated });
      },
    )
    .post(
      '/v1/models/:name/forget',
      operation('forget', {
        tag: 'Teaching',
        summary: 'Undo learning of one sample',
        access: 'learn',
        body: samplesBody(forgetSchema),
        answers: changed,
        refusals: [404, 409, 415, 422, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', forgetQuerySchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name } = c.req.valid('param');
        const request = requestOf(c);
        const { samples: given, json } = await readBody(c.req.raw, forgetSchema);
        const [sample, ...more] = readSamples(given, await inputOf(c, cache, name));
        if (!sample || more.length > 0) {
          throw new Problem(
            'request/batch',
            `Expected 1 sample to forget, got ${more.length + 1}.`,
          );
        }
        const [label] = labelsOf(json?.labels, c.req.valid('query').label, 1) as [string];
        const { version, repeated } = unwrap(await roomOf(c, name).forget(sample, label, request));
        return c.json({ model: { name, version }, repeated });
      },
    )
    .get(
      '/v1/models/:name/classes',
      operation('listClasses', {
        tag: 'Teaching',
        summary: 'Classes, with the samples of each',
        access: 'anyone',
        answers: { 200: json('All classes.', classesSchema) },
        refusals: [404, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const { version, classes } = await classesOf(c, cache, name);
        return c.json({ model: { name, version }, classes });
      },
    )
    .get(
      '/v1/models/:name/classes/:label',
      operation('describeClass', {
        tag: 'Teaching',
        summary: 'One class',
        access: 'anyone',
        answers: { 200: json('The class.', classSchema) },
        refusals: [404, 503],
      }),
      validator('param', classParamSchema, rejectIssues),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const { classes } = await classesOf(c, cache, name);
        const found = classes.find((each) => each.label === label);
        if (!found) throw new Problem('learn/unknown-class', 'There is no class of this label.');
        return c.json(found);
      },
    )
    .put(
      '/v1/models/:name/classes/:label',
      operation('renameClass', {
        tag: 'Teaching',
        summary: 'Rename a class',
        access: 'admin',
        body: jsonBody(renameSchema),
        answers: changed,
        refusals: [404, 409, 422],
      }),
      validator('param', classParamSchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const { label: to } = parseJson(await c.req.text(), renameSchema);
        const room = roomOf(c, name);
        const done = unwrap(await room.renameClass(label, to, requestOf(c)));
        return c.json({ model: { name, version: done.version }, repeated: done.repeated });
      },
    )
    .delete(
      '/v1/models/:name/classes/:label',
      operation('forgetClass', {
        tag: 'Teaching',
        summary: 'Forget a class',
        access: 'admin',
        answers: changed,
        refusals: [404, 409, 422],
      }),
      validator('param', classParamSchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const done = unwrap(await roomOf(c, name).forgetClass(label, requestOf(c)));
        return c.json({ model: { name, version: done.version }, repeated: done.repeated });
      },
    )
    .post(
      '/v1/models/:name/forget-taught',
      operation('forgetTaught', {
        tag: 'Teaching',
        summary: 'Undo all that a key taught, corrected and synchronised',
        access: 'admin',
        body: jsonBody(forgetTaughtSchema),
        answers: changed,
        refusals: [404, 409, 422],
      }),
      validator('param', modelNameSchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name } = c.req.valid('param');
        const { keyId } = parseJson(await c.req.text(), forgetTaughtSchema);
        const done = unwrap(await roomOf(c, name).forgetTaught(keyId, requestOf(c)));
        return c.json({ model: { name, version: done.version }, repeated: done.repeated });
      },
    );
}

/** As the tenant's room knows them, or where it has no model of its own as they are published. */
async function classesOf(
  c: Context<AppEnv>,
  cache: ModelCache,
  name: string,
): Promise<{ readonly version: number; readonly classes: readonly ClassCount[] }> {
  const own = c.get('caller').keyId === null ? null : unwrap(await roomOf(c, name).classes());
  if (own) return own;
  const found = await cache.find(refOf(c, name), c.env);
  const classes = await cache.use(found, c.env, (model) => model.classes());
  return { version: found.pointer.version, classes };
}
