/** A client of the HTTP API that knows its routes, parameters and answers. */
import { hc } from 'hono/client';
import type { AppType } from './app.ts';

/**
 * @param address of the Worker, for instance `https://hff-edge.you.workers.dev`
 * @param apiKey `hff_…`; without one only public models can be asked
 * @example
 * const models = createClient(address).v1.models;
 * const answer = await models[':name'].classify.$post(
 *   { param: { name: 'digits' } },
 *   { init: { body: png }, headers: { 'Content-Type': 'image/png' } },
 * );
 * const { results } = await answer.json();
 */
export function createClient(address: string, apiKey?: string) {
  const headers: Record<string, string> = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
  return hc<AppType>(address, { headers });
}
