/** What each operation takes: requests to begin with. */
import { mnistDigit } from '../../support/render-digit.ts';
import type { Operation, Scope } from './api-document.ts';
import type { Draft } from './request.ts';
import type { Keys } from './serve-tenants.ts';

const seven = Array.from(mnistDigit(7, 70_000));

const jsonBodies: Readonly<Record<string, unknown>> = {
  classify: { inputs: [seven], topK: 3 },
  learn: { inputs: [seven], labels: ['seven'], augment: false },
  forget: { inputs: [seven], labels: ['7'] },
  renameClass: { label: 'renamed' },
  forgetTaught: { keyId: 'abcdefghijkl' },
  rollback: { version: 1 },
  setGate: { inputs: [seven], labels: ['7'], leastAccuracy: 0.5 },
};

export const boundary = 'aB3-boundary';

/** Parts by name: text, or bytes as a file. */
export function multipart(parts: readonly (readonly [string, string | Uint8Array])[]): Buffer {
  const chunks = parts.flatMap(([name, content]) => {
    const file = typeof content === 'string' ? '' : '; filename="changes"';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
  });
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

export function jsonBodyOf({ id }: Operation): unknown {
  return structuredClone(jsonBodies[id]);
}

/** @param file for operations that take a model */
export function validRequest(
  operation: Operation,
  { name, scope, keys, file }: { name: string; scope: Scope; keys: Keys; file: Uint8Array },
): Draft {
  const { id, method } = operation;
  const headers = { Authorization: keys[scope].bearer };
  const draft = { method, params: { name, label: '7' }, query: '', headers, body: null };
  const withBody = (type: string, body: Uint8Array): Draft => ({
    ...draft,
    headers: { ...headers, 'Content-Type': type },
    body,
  });
  if (id in jsonBodies) {
    return withBody('application/json', Buffer.from(JSON.stringify(jsonBodies[id])));
  }
  if (id === 'replaceModel') return withBody('application/octet-stream', file);
  if (id === 'sync') {
    return withBody(`multipart/form-data; boundary=${boundary}`, multipart([['versions', '{}']]));
  }
  return draft;
}
