/** Whether an answer is one that the document names for its operation. */
import type { ApiDocument, Operation } from './api-document.ts';
import type { Answer } from './request.ts';

/**
 * @param operation null where there is none at the address
 * @returns what is wrong with the answer, or null
 */
export function faultOfAnswer(
  api: ApiDocument,
  operation: Operation | null,
  { status, headers, bytes }: Answer,
): string | null {
  const general = operation ?? api.operation('describeClass');
  const content = general.answers.get(String(status));
  if (!content) return `The document has no status ${status} for ${general.id}.`;
  if (!headers['x-request-id']) return 'There is no X-Request-Id.';
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  if (status === 204 || status === 304) return bytes.length === 0 ? null : 'There is a body.';
  const described = content[type];
  if (!described) return `The document has no ${type || 'answer without type'} for ${status}.`;
  if (!type.endsWith('json')) return null;
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    return 'The answer is no JSON.';
  }
  return api.faultOf(described.schema ?? {}, json);
}
