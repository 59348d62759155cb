/** Refusals in the OpenAPI document: one answer for each status, with the codes that have it. */
import type { ResponsesWithResolver } from 'hono-openapi';
import { resolver } from 'hono-openapi';
import * as v from 'valibot';
import { type ProblemCode, statuses, titles } from '../http/problem.ts';

const codes = Object.keys(statuses) as [ProblemCode, ...ProblemCode[]];

const problemSchema = v.pipe(
  v.object({
    type: v.pipe(v.string(), v.description('`urn:hff-edge:problem:` and the code.')),
    code: v.pipe(v.picklist(codes), v.description('Stable: branch on it.')),
    title: v.string(),
    status: v.number(),
    detail: v.pipe(v.string(), v.description('What was expected, what came, what to do.')),
  }),
  v.metadata({ ref: 'Problem' }),
);

const reasons = [...new Set(Object.values(statuses))].filter((status) => status !== 500).sort();

const told = (description: string) => ({ description, schema: { type: 'string' as const } });
const statusHeaders: Partial<Record<number, Record<string, ReturnType<typeof told>>>> = {
  401: { 'WWW-Authenticate': told('`Bearer`.') },
  405: { Allow: told('The methods that the path takes.') },
  416: { 'Content-Range': told('The length of the file.') },
};

/** For the document's components; `fault` is our own. */
export const problemAnswers: ResponsesWithResolver = Object.fromEntries([
  ...reasons.map((status) => [status, problemAnswer(status)]),
  [
    'fault',
    {
      description: 'A fault of ours: the log has the reason under the request id.',
      content: { 'application/problem+json': { schema: resolver(problemSchema) } },
    },
  ],
]);

/** Refers to the answers that a route gives besides those that all routes of its path give. */
export function problems(...given: readonly number[]): ResponsesWithResolver {
  return Object.fromEntries(
    given.map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  );
}

function problemAnswer(status: (typeof reasons)[number]) {
  const own = codes.filter((code) => statuses[code] === status);
  const headers = statusHeaders[status];
  return {
    ...(headers && { headers }),
    description: `${titles[status]}: ${own.map((code) => `\`${code}\``).join(', ')}.`,
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { properties: { code: { enum: own }, status: { const: status } } },
          ],
        },
      },
    },
  };
}
