/** Devices and the server tell each other what they lack. */
import { Hono } from 'hono';
import { describeRoute, validator } from 'hono-openapi';
import * as v from 'valibot';
import { allow } from '../auth/authenticate.ts';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import { modelNameSchema } from '../models/model-name.ts';
import { unwrap } from '../room/outcome.ts';
import { requestOf, roomOf } from './model-params.ts';

const versionsSchema = v.record(
  v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
);

export function syncRoutes() {
  return new Hono<AppEnv>().post(
    '/v1/models/:name/sync',
    describeRoute({
      summary: 'Bring what a device knows, and take what it lacks',
      requestBody: {
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['versions'],
              properties: {
                versions: { type: 'string', description: 'JSON of model.versions()' },
                changes: { type: 'string', format: 'binary' },
              },
            },
          },
        },
      },
    }),
    allow('learn'),
    validator('param', modelNameSchema, rejectIssues),
    async (c) => {
      const { name } = c.req.valid('param');
      const form = await readForm(c.req.raw);
      const versions = parseJson(String(form.get('versions') ?? ''), versionsSchema);
      const sent = form.get('changes');
      const bytes = sent instanceof Blob ? new Uint8Array(await sent.arrayBuffer()) : null;
      const synced = unwrap(await roomOf(c, name).sync(bytes, versions, requestOf(c)));
      const answer = new FormData();
      answer.set('version', String(synced.version));
      answer.set('versions', JSON.stringify(synced.versions));
      answer.set('changes', new Blob([synced.changes as Uint8Array<ArrayBuffer>]));
      return new Response(answer);
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
