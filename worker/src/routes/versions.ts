/** Versions of a model: which there are, going back, replacing, taking away, and who made them. */
import { type Context, Hono } from 'hono';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import type { AppEnv } from '../http/bindings.ts';
import { maxModelBytes } from '../http/limit-body.ts';
import { answerProblem, Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import { readCount } from '../http/read-count.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { auditSchema, changedSchema, versionsAnswerSchema } from '../openapi/answer-schemas.ts';
import { answer, count, header, json, jsonBody, operation } from '../openapi/operation.ts';
import { unwrap } from '../room/outcome.ts';
import { checkRequestKey, refOf, requestOf, roomOf } from './model-params.ts';

const rollbackSchema = v.strictObject({
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
/** Entries of the audit log in one answer. */
const auditPage = 100;
const file = { 'application/octet-stream': { schema: {} } };
const fileHeaders = { ETag: "The model's version, in quotes.", 'Accept-Ranges': '`bytes`.' };

export function versionRoutes(cache: ModelCache) {
  return new Hono<AppEnv>()
    .get(
      '/v1/models/:name/versions',
      operation('listVersions', {
        tag: 'Versions',
        summary: 'Published versions that are kept, the newest first',
        access: 'learn',
        answers: { 200: json('The versions.', versionsAnswerSchema) },
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => c.json(await roomOf(c, c.req.valid('param').name).versions()),
    )
    .get(
      '/v1/models/:name/audit',
      operation('audit', {
        tag: 'Versions',
        summary: 'Who changed what, the newest first',
        access: 'admin',
        parameters: [count('query', 'before', 'Entries of lower versions only.')],
        answers: { 200: json(`At most ${auditPage} entries.`, auditSchema) },
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const before = readCount('before', c.req.queries('before')) ?? Number.MAX_SAFE_INTEGER;
        const entries = await roomOf(c, c.req.valid('param').name).audit(before, auditPage);
        return c.json({ entries });
      },
    )
    .post(
      '/v1/models/:name/rollback',
      operation('rollback', {
        tag: 'Versions',
        summary: 'Go back to what a version knew',
        access: 'admin',
        body: jsonBody(rollbackSchema),
        answers: { 200: json('It is the next version.', changedSchema) },
        refusals: [404, 409, 422],
      }),
      validator('param', modelNameSchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name } = c.req.valid('param');
        const { version } = parseJson(await c.req.text(), rollbackSchema);
        const changed = unwrap(await roomOf(c, name).rollback(version, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    )
    .get(
      '/v1/models/:name/snapshot',
      operation('downloadSnapshot', {
        tag: 'Versions',
        summary: 'The model as a file, with all that it learned',
        access: 'learn',
        parameters: [
          header('If-None-Match', 'An ETag: the file comes only where it differs.'),
          header('If-Range', 'An ETag: the range counts only where it is the same.'),
          header('Range', 'One range of bytes, such as `bytes=0-99`; others are ignored.'),
        ],
        answers: {
          200: answer('The file.', file, fileHeaders),
          206: answer('A part of the file.', file, {
            ...fileHeaders,
            'Content-Range': 'The part.',
          }),
          304: { description: 'The caller has it already.' },
        },
        refusals: [404, 416],
      }),
      validator('param', modelNameSchema, rejectIssues),
      async (c) => {
        const snapshot = unwrap(await roomOf(c, c.req.valid('param').name).snapshot());
        if (!snapshot) {
          throw new Problem(
            'model/unknown',
            'The tenant has no model of its own of this name yet.',
          );
        }
        return answerBytes(c, snapshot.bytes as Uint8Array<ArrayBuffer>, `"${snapshot.version}"`);
      },
    )
    .put(
      '/v1/models/:name/snapshot',
      operation('replaceModel', {
        tag: 'Versions',
        summary: 'Put a model in the place of this one',
        access: 'admin',
        body: {
          required: true,
          description: `A model's file, at most ${maxModelBytes} bytes.`,
          content: { 'application/octet-stream': { schema: { maxLength: maxModelBytes } } },
        },
        answers: { 200: json('It is the next version.', changedSchema) },
        refusals: [409, 422],
      }),
      validator('param', modelNameSchema, rejectIssues),
      checkRequestKey(),
      async (c) => {
        const { name } = c.req.valid('param');
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        const changed = unwrap(await roomOf(c, name).replace(bytes, requestOf(c)));
        return c.json({ model: { name, version: changed.version }, repeated: changed.repeated });
      },
    )
    .delete(
      '/v1/models/:name',
      operation('removeModel', {
        tag: 'Versions',
        summary: "Take the tenant's model away",
        access: 'admin',
        answers: { 204: { description: 'It is gone.' } },
      }),
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
function answerBytes(c: Context, bytes: Uint8Array<ArrayBuffer>, etag: string): Response {
  const { headers } = c.req.raw;
  const common = { ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' };
  if (headers.get('If-None-Match') === etag) return c.body(null, 304, common);
  const type = { ...common, 'Content-Type': 'application/octet-stream' };
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('Range') ?? '') ?? [];
  const isForThis = (headers.get('If-Range') ?? etag) === etag;
  if ((from === '' && to === '') || !isForThis) return c.body(bytes, 200, type);
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  if (start >= end) {
    const range = { 'Content-Range': `bytes */${bytes.length}` };
    const detail = `Range: expected bytes below ${bytes.length}, got ${headers.get('Range')}.`;
    return answerProblem(c, new Problem('request/range', detail), { ...common, ...range });
  }
  const range = { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` };
  return c.body(bytes.slice(start, end), 206, { ...type, ...range });
}
