/** Whether an answer is one that the document names for its operation. */
import type { ApiDocument, Operation } from './api-document.ts';
import type { Answer } from './request.ts';

/** @returns what is wrong with the answer, or null */
export function faultOfAnswer(
  api: ApiDocument,
  operation: Operation,
  { status, headers, bytes }: Answer,
): string | null {
  const content = operation.answers.get(String(status));
  if (!content) return `The document has no status ${status} for ${operation.id}.`;
  if (!headers['x-request-id']) return 'There is no X-Request-Id.';
  if (status === 204 || status === 304) return bytes.length === 0 ? null : 'There is a body.';
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  const described = content[type];
  if (!described) return `The document has no ${type || 'answer without type'} for ${status}.`;
  if (!type.endsWith('json')) return null;
  try {
    return api.faultOf(described.schema ?? {}, JSON.parse(bytes.toString()));
  } catch {
    return 'The answer is no JSON.';
  }
}
