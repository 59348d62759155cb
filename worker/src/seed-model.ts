/** The first model of a fresh deployment: from the static assets into KV. */
import { loadModel, type Model } from '@hff-edge/sdk/worker';
import { type Pointer, publish } from './model-store.ts';

/** There is always a model of this name: it comes with the deployment. */
export const defaultModel = 'digits';

export async function seedModel(env: Env): Promise<{ pointer: Pointer; model: Model }> {
  const path = `/models/${defaultModel}.safetensors`;
  const response = await env.ASSETS.fetch(new URL(path, 'https://assets.invalid'));
  // A missing file is answered with the demo page and status 200.
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new Error(`${path} is not among the static assets; build the demo before deployment.`);
  }
  const snapshot = new Uint8Array(await response.arrayBuffer());
  const model = await loadModel(snapshot);
  const pointer = await publish(env.MODELS, defaultModel, model.version, snapshot);
  return { pointer, model };
}
