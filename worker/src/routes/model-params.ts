/** What routes of one model read from the request alike. */
import type { InputSpec } from '@hff-edge/sdk/worker';
import type { Context } from 'hono';
import { validator } from 'hono-openapi';
import * as v from 'valibot';
import type { AppEnv } from '../http/bindings.ts';
import { Problem } from '../http/problem.ts';
import { rejectIssues } from '../http/reject-issues.ts';
import { type Found, type ModelCache, unknownModel } from '../models/model-cache.ts';
import { type ModelRef, refKey } from '../models/model-ref.ts';
import type { ModelRoom, Request as RoomRequest } from '../room/model-room.ts';
import { unwrap } from '../room/outcome.ts';

/** The caller's model of this name, never another tenant's. */
export function refOf(c: Context<AppEnv>, name: string): ModelRef {
  return { tenant: c.get('caller').tenant, name };
}

export function roomOf(c: Context<AppEnv>, name: string): DurableObjectStub<ModelRoom> {
  return c.env.ROOMS.getByName(refKey(refOf(c, name)));
}

/** Null where no model of this name is published. */
export async function findPublished(
  c: Context<AppEnv>,
  cache: ModelCache,
  name: string,
): Promise<Found | null> {
  try {
    return await cache.find(refOf(c, name), c.env);
  } catch (error) {
    if (error instanceof Problem && error.code === 'model/unknown') return null;
    throw error;
  }
}

/**
 * What the caller's model accepts. One that was just put there is published a moment later, and until
 * then only its room has it.
 * @throws Problem `model/unknown`, `model/unavailable`
 */
export async function inputOf(
  c: Context<AppEnv>,
  cache: ModelCache,
  name: string,
): Promise<InputSpec> {
  const found = await findPublished(c, cache, name);
  if (found) return cache.use(found, c.env, ({ input }) => input);
  const isTenant = c.get('caller').keyId !== null;
  const input = isTenant ? unwrap(await roomOf(c, name).input()) : null;
  if (!input) throw unknownModel(name);
  return input as InputSpec;
}

const requestHeaderSchema = v.object({
  'idempotency-key': v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[\w-]{1,64}$/, 'Expected 1 to 64 of A-Z a-z 0-9 _ -.'),
      v.description("The caller's own name for the request, so that it counts once when repeated."),
    ),
  ),
});

/** Of a request that changes something. @throws Problem `request/invalid` */
export const checkRequestKey = () => validator('header', requestHeaderSchema, rejectIssues);

/** Of a route that only keys may use, after {@link checkRequestKey}. */
export function requestOf(c: Context<AppEnv>): RoomRequest {
  const { keyId } = c.get('caller');
  const requestKey = c.req.header('Idempotency-Key') ?? null;
  return { keyId: keyId as string, requestKey };
}
