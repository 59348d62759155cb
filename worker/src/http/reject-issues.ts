/** From a schema's complaints to a problem that names the field. */
import { Problem } from './problem.ts';

/** A Standard Schema issue. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: unknown })[] | undefined;
}

/**
 * Throws when validation failed; fits as the hook of hono-openapi's `validator`.
 * @throws Problem `request/invalid`
 */
export function rejectIssues(
  result: { success: true } | { success: false; error: readonly Issue[] },
) {
  if (!result.success) throw invalidRequest(result.error);
}

export function invalidRequest(issues: readonly Issue[]): Problem {
  const details = issues.map(({ message, path = [] }) => {
    const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
    return [keys.join('.'), message].filter(Boolean).join(': ');
  });
  return new Problem('request/invalid', details.join(' '));
}
