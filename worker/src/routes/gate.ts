/** The gate that a tenant sets before publication of its model: see room/gate.ts. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import { labelsOf } from '../http/read-labels.ts';
import { readSamples } from '../http/read-samples.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { gateSchema, gateSetSchema } from '../openapi/answer-schemas.ts';
import { json, jsonBody, operation } from '../openapi/operation.ts';
import { unwrap } from '../room/outcome.ts';
import { inputOf, roomOf } from './model-params.ts';

export function gateRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .get(
      '/v1/models/:name/gate',
      operation('describeGate', {
        tag: 'Versions',
        summary: 'The samples that new versions are tried on',
        access: 'admin',
        answers: { 200: json('The gate.', gateSchema) },
        refusals: [404],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const gate = await roomOf(c, c.req.valid('param').name).gate();
        if (!gate) throw new Problem('model/no-gate', 'The model has no gate.');
        return c.json(gate);
      },
    )
    .put(
      '/v1/models/:name/gate',
      operation('setGate', {
        tag: 'Versions',
        summary: 'Publish only versions that decide these samples well enough',
        access: 'admin',
        body: jsonBody(gateSchema),
        answers: { 200: json('It holds from now on.', gateSetSchema) },
        refusals: [404, 422, 503],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const gate = parseJson(await c.req.text(), gateSchema);
        const { inputs, labels, leastAccuracy } = gate;
        readSamples({ type: 'json', inputs }, await inputOf(c, cache, name));
        labelsOf(labels, undefined, inputs.length);
        const { accuracy } = unwrap(await roomOf(c, name).setGate(gate));
        return c.json({ samples: inputs.length, leastAccuracy, accuracy });
      },
    )
    .delete(
      '/v1/models/:name/gate',
      operation('removeGate', {
        tag: 'Versions',
        summary: 'Publish every version again',
        access: 'admin',
        answers: { 204: { description: 'There is no gate.' } },
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        await roomOf(c, c.req.valid('param').name).removeGate();
        return c.body(null, 204);
      },
    );
}
