/** The deployment's own model: from the static assets into KV, anew when a deployment changes it. */
import { loadModel, type Model } from '@hff-edge/sdk/worker';
import { publicTenant } from '../auth/caller.ts';
import type { ModelRef } from './model-ref.ts';
import { type Pointer, publish } from './model-store.ts';

/** There is always a model of this name: it comes with the deployment. */
export const defaultModel: ModelRef = { tenant: publicTenant, name: 'digits' };

export interface Seeded {
  readonly pointer: Pointer;
  /** The version that `pointer` names, if the assets have it. */
  readonly model?: Model;
}

/**
 * Publishes the deployment's model, unless `current` is that model already or was published by
 * somebody else. What fails here is only logged where there is a current version to go on with.
 */
export async function seedModel(env: Env, current: Pointer | null): Promise<Seeded> {
  if (current && current.seed === undefined) return { pointer: current };
  try {
    return await publishAsset(env, current);
  } catch (error) {
    if (!current) throw error;
    console.error(`"${defaultModel.name}" stays at version ${current.version}:`, error);
    return { pointer: current };
  }
}

async function publishAsset(env: Env, current: Pointer | null): Promise<Seeded> {
  const snapshot = await readAsset(env);
  const seed = await hash(snapshot);
  const model = await loadModel(snapshot);
  if (current?.seed === seed) return { pointer: current, model };
  const version = Math.max(model.version, (current?.version ?? 0) + 1);
  const pointer = { version, sizeBytes: snapshot.length, seed };
  try {
    await publish(env.MODELS, defaultModel, pointer, snapshot);
  } catch (error) {
    // Requests that come together publish the same at once, more often than KV takes it.
    console.error(`"${defaultModel.name}" was not published:`, error);
  }
  return { pointer, model };
}

async function readAsset(env: Env): Promise<Uint8Array<ArrayBuffer>> {
  const path = `/models/${defaultModel.name}.safetensors`;
  const response = await env.ASSETS.fetch(new URL(path, 'https://assets.invalid'));
  // A missing file is answered with the demo page and status 200.
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new Error(`${path} is not among the static assets; build the demo before deployment.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** SHA-256 in hex. */
async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
