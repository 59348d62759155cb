/**
 * `@hff-edge/sdk` in browsers.
 * @example
 * import { loadModel } from '@hff-edge/sdk';
 * const model = await loadModel('/models/digits.safetensors', { wasm: '/tfjs-backend-wasm-simd.wasm' });
 * const { label, scores } = await model.classify(context.getImageData(0, 0, 280, 280));
 */
import { startTfjs } from './backend/tfjs/start-tfjs.ts';
import { TfjsBackend } from './backend/tfjs/tfjs-backend.ts';
import { HffError } from './error.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { Model } from './model.ts';

export * from './index.ts';

export interface LoadOptions {
  /** Where `tfjs-backend-wasm-simd.wasm` of @tensorflow/tfjs-backend-wasm is served, or its module. */
  readonly wasm: string | URL | WebAssembly.Module;
}

/**
 * Loads a model from its address or its bytes and starts the engine.
 * @throws HffError `data/not-found`, `snapshot/…`, `backend/unavailable`
 */
export async function loadModel(
  source: string | URL | Uint8Array,
  { wasm }: LoadOptions,
): Promise<Model> {
  const [bytes] = await Promise.all([
    source instanceof Uint8Array ? source : fetchBytes(source),
    startTfjs(() => compile(wasm)),
  ]);
  return Model.fromBytes(new TfjsBackend(), bytes);
}

async function compile(wasm: LoadOptions['wasm']): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  const bytes = await fetchBytes(wasm);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new HffError(
      'backend/unavailable',
      `${wasm}: expected tfjs-backend-wasm-simd.wasm, got ${bytes.length} bytes that do not compile (${cause}). Check what is served there.`,
      { cause },
    );
  }
}
