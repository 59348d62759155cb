/** Devices and the server tell each other what they lack. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import type { AppEnv } from '../http/bindings.ts';
import { maxModelBytes } from '../http/limit-body.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { answer, operation } from '../openapi/operation.ts';
import { unwrap } from '../room/outcome.ts';
import { checkRequestKey, requestOf, roomOf } from './model-params.ts';

const versionsSchema = v.pipe(
  v.unknown(),
  // A record may be an array too.
  v.check((value) => !Array.isArray(value), 'Expected an object, got an array.'),
  v.record(
    v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  ),
);

export function syncRoutes() {
  return new Hono<AppEnv>().post(
    '/v1/models/:name/sync',
    operation('sync', {
      tag: 'Devices',
      summary: 'Bring what a device knows, and take what it lacks',
      access: 'learn',
      body: {
        required: true,
        description: `At most ${maxModelBytes} bytes.`,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['versions'],
              properties: {
                versions: { type: 'string', description: 'JSON of `model.versions()`.' },
                changes: { description: 'A file of `model.changesSince()`.' },
              },
            },
          },
        },
      },
      answers: {
        200: answer('What the device lacks.', {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['version', 'versions', 'changes'],
              properties: {
                version: { type: 'string', description: 'Of the model on the server, a number.' },
                versions: { type: 'string', description: 'JSON of what the server knows.' },
                changes: { description: 'For `model.apply()`.' },
              },
            },
          },
        }),
      },
      refusals: [404, 409, 415, 422],
    }),
    validator('param', modelNameSchema, rejectIssues),
    checkRequestKey(),
    async (c) => {
      const { name } = c.req.valid('param');
      const form = await readForm(c.req.raw);
      const versions = parseJson(String(form.get('versions') ?? ''), versionsSchema);
      const sent = form.get('changes');
      const bytes = sent instanceof Blob ? new Uint8Array(await sent.arrayBuffer()) : null;
      const synced = unwrap(await roomOf(c, name).sync(bytes, versions, requestOf(c)));
      const told = new FormData();
      told.set('version', String(synced.version));
      told.set('versions', JSON.stringify(synced.versions));
      told.set('changes', new Blob([synced.changes as Uint8Array<ArrayBuffer>]));
      const answer = new Response(told);
      const type = answer.headers.get('Content-Type') as string;
      return c.body(answer.body as ReadableStream, 200, { 'Content-Type': type });
    },
  );
}

/** @throws Problem `request/media-type` */
async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Problem(
      'request/media-type',
      'Expected multipart/form-data with "versions" and perhaps "changes", got another body.',
    );
  }
}
