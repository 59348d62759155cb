/** Requests to classify, and what comes back. */
import type { Classification } from '../../sdk/src/index.ts';

export const classifyPath = '/v1/models/digits/classify';

export interface ClassifyAnswer {
  readonly model: { readonly name: string; readonly version: number };
  readonly results: Classification[];
}

type Body = string | Uint8Array | Float32Array | ReadableStream;

/** A POST request with a body of the given media type. */
export function post(type: string, body: Body): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type }, body: body as BodyInit };
}

/** A POST request with a JSON body. */
export function postJson(body: unknown): RequestInit {
  return post('application/json', JSON.stringify(body));
}
