/**
 * One route of the API: what it is called, who may, what it takes and answers. From it the OpenAPI
 * document is made. What all routes below a path have in common, middleware says itself (`describes`).
 */
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import {
  type DescribeRouteOptions,
  type ResponsesWithResolver,
  resolver,
  uniqueSymbol,
} from 'hono-openapi';
import type * as v from 'valibot';
import { type Access, requireAccess } from '../auth/require-access.ts';
import type { AppEnv } from '../http/bindings.ts';
import { inputsDescription, inputsSchema } from '../http/inputs-schema.ts';
import { maxBodyBytes } from '../http/limit-body.ts';
import { countPattern } from '../http/read-count.ts';
import { problems } from './problems.ts';

type Body = NonNullable<DescribeRouteOptions['requestBody']>;

export interface Operation extends Pick<DescribeRouteOptions, 'parameters' | 'description'> {
  /** The part of the reference that it stands in. */
  readonly tag: 'Models' | 'Teaching' | 'Devices' | 'Versions' | 'Service';
  readonly summary: string;
  readonly access: Access;
  readonly body?: Body;
  readonly answers: ResponsesWithResolver;
  /** Statuses of its own refusals. */
  readonly refusals?: readonly number[];
}

/** @throws Problem `auth/required`, `auth/scope` */
export function operation(operationId: string, options: Operation): MiddlewareHandler<AppEnv> {
  const { tag, access, body, answers, refusals = [], ...more } = options;
  const middleware = createMiddleware<AppEnv>((c, next) => {
    requireAccess(c.get('caller'), access);
    return next();
  });
  const own = [...refusals, ...(body ? [413] : []), ...(isScoped(access) ? [403] : [])];
  const spec = {
    ...more,
    operationId,
    tags: [tag],
    security: access === 'anyone' ? [{}, { apiKey: ['classify'] }] : [{ apiKey: [access] }],
    ...(body && { requestBody: body }),
    responses: { ...answers, ...problems(...own) },
  };
  return describes(spec, middleware);
}

/** Whether there are keys that do not reach so far. */
function isScoped(access: Access): boolean {
  return access === 'learn' || access === 'admin';
}

/** Has a middleware say what it adds to all routes that it stands before. */
export function describes(
  spec: DescribeRouteOptions,
  middleware: MiddlewareHandler<AppEnv>,
): MiddlewareHandler<AppEnv> {
  return Object.assign(middleware, { [uniqueSymbol]: { spec } });
}

/** OpenAPI 3.1 takes the newest JSON Schema. */
function schemaOf(schema: v.GenericSchema): ReturnType<typeof resolver> {
  return resolver(schema, {
    options: {
      target: 'draft-2020-12',
      ignoreActions: ['raw_check'],
      overrideSchema: ({ valibotSchema }: { valibotSchema: unknown }) =>
        valibotSchema === inputsSchema ? inputsDescription : undefined,
    },
  });
}

/** An answer in JSON; `headers` by name, with what they say. */
export function json(
  description: string,
  schema: v.GenericSchema,
  headers?: Record<string, string>,
): ResponsesWithResolver[string] {
  return answer(description, { 'application/json': { schema: schemaOf(schema) } }, headers);
}

export function answer(
  description: string,
  content: Record<string, object>,
  headers: Record<string, string> = {},
): ResponsesWithResolver[string] {
  const described = Object.entries(headers).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' as const } },
  ]);
  return { description, content, headers: Object.fromEntries(described) };
}

export function jsonBody(schema: v.GenericSchema): Body {
  return {
    required: true,
    description: `At most ${maxBodyBytes} bytes.`,
    content: { 'application/json': { schema: schemaOf(schema) } },
  };
}

/** Samples in any of the four media types, as `readBody` takes them. */
export function samplesBody(schema: v.GenericSchema): Body {
  const binary = { schema: { maxLength: maxBodyBytes } };
  return {
    required: true,
    description: `Raw values in JSON, one image, or raw values as bytes: uint8 unless the type says \`dtype=float32\` (little-endian). At most ${maxBodyBytes} bytes and 1024 samples.`,
    content: {
      'application/json': { schema: schemaOf(schema) },
      'image/png': binary,
      'image/jpeg': binary,
      'application/octet-stream': binary,
    },
  };
}

/** A header of the request that may be missing. */
export function header(name: string, description: string) {
  return { in: 'header', name, description, schema: { type: 'string' as const } };
}

/** A whole number in the address or in a header, which may be missing. */
export function count(place: 'query' | 'header', name: string, description: string) {
  const schema = { type: 'string' as const, pattern: countPattern.source };
  return { in: place, name, description, schema };
}
