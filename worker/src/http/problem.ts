/**
 * Everything that the API refuses, as RFC 9457 problem details. A code is stable and has one status;
 * the SDK's codes are all listed here, so a new one does not compile until it has a status too.
 */
import { HffError, type HffErrorCode } from '@hff-edge/sdk/worker';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** What only an HTTP request can get wrong. */
type RequestCode =
  /** No such path. */
  | 'request/path'
  /** The path takes other methods. */
  | 'request/method'
  /** The body's media type is none of those listed. */
  | 'request/media-type'
  /** The body has too many bytes. */
  | 'request/too-large'
  /** The body is not JSON. */
  | 'request/json'
  /** A path, query or body field is missing, unknown or of the wrong type. */
  | 'request/invalid'
  /** No byte of the file is within the range asked for. */
  | 'request/range'
  /** Too few or too many samples. */
  | 'request/batch'
  /** The body is no sound model, or are no sound changes. */
  | 'request/bytes'
  /** An idempotency key stands for another request. */
  | 'request/repeated'
  /** There is no API key, and the route needs one. */
  | 'auth/required'
  /** The API key is none. */
  | 'auth/invalid'
  /** The API key does not reach so far. */
  | 'auth/scope'
  /** Too many requests in a short time. */
  | 'quota/rate'
  /** More than a model may have or learn in a day. */
  | 'quota/exceeded'
  /** There is no model of this name. */
  | 'model/unknown'
  /** The version is not kept. */
  | 'model/unknown-version'
  /** The model's versions are published without being tried. */
  | 'model/no-gate'
  /** The model's newest version has not reached this place yet. */
  | 'model/unavailable'
  /** A fault of ours. */
  | 'server/fault';

export type ProblemCode = HffErrorCode | RequestCode;

export const statuses: Record<ProblemCode, ContentfulStatusCode> = {
  'input/shape': 422,
  'input/not-finite': 422,
  'input/range': 422,
  'input/image': 422,
  'input/too-large': 413,
  'option/invalid': 400,
  'snapshot/malformed': 500,
  'snapshot/version': 500,
  'snapshot/inconsistent': 500,
  'snapshot/not-finite': 500,
  'data/not-found': 500,
  'data/malformed': 500,
  'data/empty': 500,
  'data/labels': 500,
  'data/download': 500,
  'learn/label': 422,
  'learn/unknown-class': 404,
  'learn/not-learned': 409,
  'learn/exists': 409,
  'learn/foreign': 409,
  'learn/no-classes': 409,
  'learn/no-statistics': 409,
  'learn/too-many': 422,
  'learn/too-few': 422,
  'learn/changed': 409,
  'learn/malformed': 422,
  'store/full': 500,
  'store/unavailable': 500,
  'store/damaged': 500,
  'store/conflict': 409,
  'sync/unreachable': 500,
  'sync/refused': 500,
  'backend/memory': 500,
  'backend/thread': 500,
  'backend/unavailable': 500,
  'request/path': 404,
  'request/method': 405,
  'request/media-type': 415,
  'request/too-large': 413,
  'request/json': 400,
  'request/invalid': 400,
  'request/range': 416,
  'request/batch': 422,
  'request/bytes': 422,
  'request/repeated': 422,
  'auth/required': 401,
  'auth/invalid': 401,
  'auth/scope': 403,
  'quota/rate': 429,
  'quota/exceeded': 429,
  'model/unknown': 404,
  'model/unknown-version': 404,
  'model/no-gate': 404,
  'model/unavailable': 503,
  'server/fault': 500,
};

export const titles: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad request',
  401: 'No valid API key',
  403: 'Not allowed by this API key',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict with what is known',
  413: 'Too large',
  415: 'Unsupported media type',
  416: 'Beyond the end',
  422: 'Unusable input',
  429: 'Too much',
  500: 'Internal error',
  503: 'Not available yet',
};

/** A refusal that the API itself decides on. */
export class Problem extends Error {
  readonly code: ProblemCode;

  /** @param detail says what was expected, what came, what to do */
  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
  }
}

/** Answers with what went wrong. Faults of ours are logged, and their details stay in the log. */
export function answerProblem(
  c: Context,
  error: Error,
  headers?: Record<string, string>,
): Response {
  const code: ProblemCode =
    error instanceof Problem || error instanceof HffError ? error.code : 'server/fault';
  const status = statuses[code];
  let detail = error.message;
  if (status === 500) {
    const requestId = c.get('requestId');
    console.error({ requestId, code, error: error.stack ?? String(error) });
    detail = `The server failed; its log has the reason under request id ${requestId}.`;
  }
  const problem = {
    type: `urn:hff-edge:problem:${code}`,
    code,
    title: titles[status],
    status,
    detail,
  };
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Bearer realm="hff-edge"' } : {};
  return c.json(problem, status, {
    ...challenge,
    ...headers,
    'Content-Type': 'application/problem+json',
  });
}
