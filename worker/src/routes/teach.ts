/** What changes a model's knowledge: one room for each tenant's model does it, one call after another. */
import { Hono } from 'hono';
import { describeRoute, resolver, validator } from 'hono-openapi';
import * as v from 'valibot';
import { allow } from '../auth/authenticate.ts';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { inputsSchema, parseJson, readBody } from '../http/read-body.ts';
import { readSamples } from '../http/read-samples.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { unwrap } from '../room/outcome.ts';
import { inputOf, refOf, requestOf, roomOf } from './model-params.ts';

const labelSchema = v.string();
const learnSchema = v.strictObject({
  inputs: inputsSchema,
  labels: v.array(labelSchema),
  augment: v.optional(v.boolean()),
});
const forgetSchema = v.strictObject({ inputs: inputsSchema, labels: v.array(labelSchema) });
const querySchema = v.object({
  label: v.optional(labelSchema),
  augment: v.optional(v.picklist(['true', 'false'])),
});
const classParamSchema = v.object({ ...modelNameSchema.entries, label: labelSchema });
const renameSchema = v.strictObject({ label: labelSchema });
const forgetTaughtSchema = v.strictObject({
  keyId: v.pipe(v.string(), v.regex(/^[a-z0-9]{12}$/, 'Expected the id of an API key.')),
});

const samplesBody = (schema: typeof learnSchema | typeof forgetSchema) => ({
  content: {
    'application/json': { schema: resolver(schema) },
    'image/png': {},
    'image/jpeg': {},
    'application/octet-stream': {},
  },
});

export function teachRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .post(
      '/v1/models/:name/learn',
      describeRoute({ summary: 'Learn labelled samples', requestBody: samplesBody(learnSchema) }),
      allow('learn'),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', querySchema, rejectIssues),
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
      describeRoute({
        summary: 'Undo learning of one sample',
        requestBody: samplesBody(forgetSchema),
      }),
      allow('learn'),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', querySchema, rejectIssues),
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
      describeRoute({ summary: 'Classes, with the samples of each' }),
      allow('classify'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const own = c.get('caller').keyId === null ? null : unwrap(await roomOf(c, name).classes());
        if (own) return c.json({ model: { name, version: own.version }, classes: own.classes });
        return cache.use(refOf(c, name), c.env, c.executionCtx, async (model, { version }) =>
          c.json({ model: { name, version }, classes: await model.classes() }),
        );
      },
    )
    .get(
      '/v1/models/:name/classes/:label',
      describeRoute({ summary: 'One class' }),
      allow('classify'),
      validator('param', classParamSchema, rejectIssues),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const own = c.get('caller').keyId === null ? null : unwrap(await roomOf(c, name).classes());
        const classes =
          own?.classes ??
          (await cache.use(refOf(c, name), c.env, c.executionCtx, (model) => model.classes()));
        const found = classes.find((each) => each.label === label);
        if (!found) throw new Problem('learn/unknown-class', 'There is no class of this label.');
        return c.json(found);
      },
    )
    .put(
      '/v1/models/:name/classes/:label',
      describeRoute({
        summary: 'Rename a class',
        requestBody: { content: { 'application/json': { schema: resolver(renameSchema) } } },
      }),
      allow('admin'),
      validator('param', classParamSchema, rejectIssues),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const { label: to } = parseJson(await c.req.text(), renameSchema);
        const room = roomOf(c, name);
        const changed = unwrap(await room.renameClass(label, to, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    )
    .delete(
      '/v1/models/:name/classes/:label',
      describeRoute({ summary: 'Forget a class' }),
      allow('admin'),
      validator('param', classParamSchema, rejectIssues),
      async (c) => {
        const { name, label } = c.req.valid('param');
        const changed = unwrap(await roomOf(c, name).forgetClass(label, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    )
    .post(
      '/v1/models/:name/forget-taught',
      describeRoute({
        summary: 'Undo all that a key taught, corrected and synchronised',
        requestBody: { content: { 'application/json': { schema: resolver(forgetTaughtSchema) } } },
      }),
      allow('admin'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const { keyId } = parseJson(await c.req.text(), forgetTaughtSchema);
        const changed = unwrap(await roomOf(c, name).forgetTaught(keyId, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    );
}

/** @throws Problem `request/invalid` */
function labelsOf(
  labels: readonly string[] | undefined,
  label: string | undefined,
  samples: number,
): readonly string[] {
  const all = labels ?? (label === undefined ? [] : Array<string>(samples).fill(label));
  if (all.length === samples) return all;
  throw new Problem(
    'request/invalid',
    `labels: expected one for each of ${samples} samples, got ${all.length}. In JSON "labels" has them; with other bodies ?label= is that of all.`,
  );
}
