/** The OpenAPI document: what is said of the API as a whole. The routes say the rest. */
import type { Hono } from 'hono';
import { openAPIRouteHandler } from 'hono-openapi';
import type { AppEnv } from '../http/bindings.ts';
import { problemAnswers, problems } from './problems.ts';

const description = `A classifier that goes on learning: classify samples, teach it new ones, sync devices.

Everyone may classify by the public models. An API key names a tenant, whose models are its own, and a scope: \`classify\`, \`learn\` or \`admin\`, each with what the one before may do.

Every answer has \`X-Request-Id\`: yours, if the request has one. Refusals are problem details (RFC 9457); branch on \`code\`, since wording may change.`;

/** What any request may be answered. */
export const everyAnswer = {
  responses: { ...problems(400, 405), default: { $ref: '#/components/responses/fault' } },
};

/** What any route below `/v1` may answer besides. */
export const everyRoute = { responses: problems(401, 429) };

export function serveDocument(app: Hono<AppEnv>) {
  return openAPIRouteHandler(app, {
    defaultValidationErrorResponse: false,
    documentation: {
      info: { title: 'hff-edge HTTP API', version: '1', description },
      tags: [
        { name: 'Models', description: 'Models that are there, and what they decide.' },
        {
          name: 'Teaching',
          description: "What changes a tenant's model, one request after another.",
        },
        { name: 'Devices', description: 'Models elsewhere that learn too.' },
        { name: 'Versions', description: 'Going back, replacing, taking away, and who did what.' },
        { name: 'Service', description: 'The deployment itself.' },
      ],
      components: {
        responses: problemAnswers,
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'hff_{id}_{secret}',
            description: 'An API key. Where an operation needs one, its least scope is told.',
          },
        },
      },
    },
  });
}
