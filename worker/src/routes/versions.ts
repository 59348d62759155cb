/** Versions of a model: which there are, going back, replacing, taking away, and who made them. */
import { Hono } from 'hono';
import { describeRoute, resolver, validator } from 'hono-openapi';
import * as v from 'valibot';
import { allow } from '../auth/authenticate.ts';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { unwrap } from '../room/outcome.ts';
import { countSchema, refOf, requestOf, roomOf } from './model-params.ts';

const rollbackSchema = v.strictObject({
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
const auditQuerySchema = v.object({ before: v.optional(countSchema) });
/** Entries of the audit log in one answer. */
const auditPage = 100;

export function versionRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .get(
      '/v1/models/:name/versions',
      describeRoute({ summary: 'Published versions that are kept, the newest first' }),
      allow('learn'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => c.json({ versions: await roomOf(c, c.req.valid('param').name).versions() }),
    )
    .get(
      '/v1/models/:name/audit',
      describeRoute({ summary: 'Who changed what, the newest first' }),
      allow('admin'),
      validator('param', modelNameSchema, rejectIssues),
      validator('query', auditQuerySchema, rejectIssues),
      async (c) => {
        const before = c.req.valid('query').before ?? Number.MAX_SAFE_INTEGER;
        const entries = await roomOf(c, c.req.valid('param').name).audit(before, auditPage);
        return c.json({ entries });
      },
    )
    .post(
      '/v1/models/:name/rollback',
      describeRoute({
        summary: 'Go back to what a version knew',
        requestBody: { content: { 'application/json': { schema: resolver(rollbackSchema) } } },
      }),
      allow('admin'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const { version } = parseJson(await c.req.text(), rollbackSchema);
        const changed = unwrap(await roomOf(c, name).rollback(version, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    )
    .get(
      '/v1/models/:name/snapshot',
      describeRoute({ summary: 'The model as a file, with all that it learned' }),
      allow('learn'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const snapshot = unwrap(await roomOf(c, c.req.valid('param').name).snapshot());
        if (!snapshot) {
          throw new Problem(
            'model/unknown',
            'The tenant has no model of its own of this name yet.',
          );
        }
        return answerBytes(c.req.raw.headers, snapshot.bytes, `"${snapshot.version}"`);
      },
    )
    .put(
      '/v1/models/:name/snapshot',
      describeRoute({
        summary: 'Put a model in the place of this one',
        requestBody: { content: { 'application/octet-stream': {} } },
      }),
      allow('admin'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        const changed = unwrap(await roomOf(c, name).replace(bytes, requestOf(c)));
        return c.json({ model: { name, version: changed.version } });
      },
    )
    .delete(
      '/v1/models/:name',
      describeRoute({ summary: "Take the tenant's model away" }),
      allow('admin'),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const { name } = c.req.valid('param');
        unwrap(await roomOf(c, name).remove());
        cache.forget(refOf(c, name));
        return c.body(null, 204);
      },
    );
}

/** One range at most (RFC 9110), and nothing where the caller has it already. */
function answerBytes(headers: Headers, bytes: Uint8Array, etag: string): Response {
  const common = { ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' };
  if (headers.get('If-None-Match') === etag)
    return new Response(null, { status: 304, headers: common });
  const type = { ...common, 'Content-Type': 'application/octet-stream' };
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('Range') ?? '') ?? [];
  const isForThis = (headers.get('If-Range') ?? etag) === etag;
  if ((from === '' && to === '') || !isForThis)
    return new Response(bytes as BodyInit, { headers: type });
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  if (start >= end) {
    const range = { 'Content-Range': `bytes */${bytes.length}` };
    return new Response(null, { status: 416, headers: { ...common, ...range } });
  }
  const range = { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` };
  return new Response(bytes.slice(start, end) as BodyInit, {
    status: 206,
    headers: { ...type, ...range },
  });
}
