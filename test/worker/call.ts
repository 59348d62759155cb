/** Requests to the API as callers with keys make them. */
import type { TestKey } from './keys.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many routes
  readonly body: any;
}

export type Call = (
  key: TestKey | null,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** @param address of the Worker, asked anew for each request */
export function caller(address: () => string): Call {
  return async (key, method, path, body, headers = {}) => {
    const response = await fetch(`${address()}/v1${path}`, {
      method,
      headers: {
        ...(key && { Authorization: key.bearer }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
}
