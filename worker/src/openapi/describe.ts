/**
 * One route of the OpenAPI document, in the route's own words. What middleware refuses, middleware
 * says itself (`describes`), and so does what all routes below a path have in common.
 */
import type { MiddlewareHandler } from 'hono';
import {
  type DescribeRouteOptions,
  describeRoute,
  type ResponsesWithResolver,
  resolver,
  uniqueSymbol,
} from 'hono-openapi';
import type * as v from 'valibot';
import { maxBodyBytes } from '../http/limit-body.ts';
import { problems } from './problems.ts';

type Body = NonNullable<DescribeRouteOptions['requestBody']>;

export interface Operation extends Pick<DescribeRouteOptions, 'parameters' | 'description'> {
  /** The part of the reference that it stands in. */
  readonly tag: 'Models' | 'Teaching' | 'Devices' | 'Versions' | 'Service';
  readonly summary: string;
  readonly body?: Body;
  readonly answers: ResponsesWithResolver;
  /** Statuses of its own refusals. */
  readonly refusals?: readonly number[];
}

export function describe(operationId: string, operation: Operation): MiddlewareHandler {
  const { tag, body, answers, refusals = [], ...more } = operation;
  return describeRoute({
    ...more,
    operationId,
    tags: [tag],
    ...(body && { requestBody: body }),
    responses: { ...answers, ...problems(...refusals, ...(body ? [413] : [])) },
  });
}

/** Has a middleware say what it adds to all routes that it stands before. */
export function describes<Handler extends MiddlewareHandler>(
  spec: DescribeRouteOptions,
  middleware: Handler,
): Handler {
  return Object.assign(middleware, { [uniqueSymbol]: { spec } });
}

/** OpenAPI 3.1 takes the newest JSON Schema. */
function schemaOf(schema: v.GenericSchema): ReturnType<typeof resolver> {
  return resolver(schema, { options: { target: 'draft-2020-12' } });
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
export function header(name: string, description: string, pattern?: string) {
  const schema = { type: 'string' as const, ...(pattern && { pattern }) };
  return { in: 'header', name, description, schema };
}
