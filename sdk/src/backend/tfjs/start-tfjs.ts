/**
 * Starts tfjs's WebAssembly engine from a compiled module, in the same way in Node, browsers and
 * workerd. The package's own start-up looks for a file or a URL, which workerd has neither of
 * (upstream issue tfjs#8157), so this drives its Emscripten factory directly. It relies on
 * internals of the version pinned in package.json.
 */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import createEmscriptenModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import * as tf from '@tensorflow/tfjs-core';
import { HffError } from '../../error.ts';

/** Name of our engine within tfjs. It becomes tfjs's active backend; others stay registered. */
const backendName = 'hff-wasm';

/** Emscripten's module: `BackendWasm` expects its C functions wrapped under `tfjs`. */
type EmscriptenModule = ConstructorParameters<typeof BackendWasm>[0] & {
  cwrap(name: string, result: 'number' | null, parameters: 'number'[]): () => never;
};

type InstantiateWasm = (
  imports: WebAssembly.Imports,
  done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => object;

const createModule = createEmscriptenModule as unknown as (settings: {
  instantiateWasm: InstantiateWasm;
}) => Promise<EmscriptenModule>;

let started: Promise<void> | undefined;

/**
 * Makes tfjs compute on WebAssembly (SIMD, one thread). Later calls reuse the first engine.
 * @experimental
 * @param load gives the compiled `tfjs-backend-wasm-simd.wasm`; called only when nothing has started
 * @throws HffError `backend/unavailable` when the module cannot be had or instantiated
 */
export function startTfjs(load: () => Promise<WebAssembly.Module>): Promise<void> {
  started ??= load()
    .then(start)
    .catch((cause: unknown) => {
      started = undefined;
      if (cause instanceof HffError) throw cause;
      throw new HffError(
        'backend/unavailable',
        `tfjs could not start on WebAssembly: ${String(cause)}. Expected the module tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm and a runtime with WebAssembly SIMD.`,
        { cause },
      );
    });
  return started;
}

async function start(module: WebAssembly.Module): Promise<void> {
  const engine = await new Promise<EmscriptenModule>((resolve, reject) => {
    createModule({
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  engine.tfjs = {
    init: engine.cwrap('init', null, []),
    initWithThreadsCount: engine.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: engine.cwrap('get_threads_count', 'number', []),
    registerTensor: engine.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: engine.cwrap('dispose_data', null, ['number']),
    dispose: engine.cwrap('dispose', null, []),
  };
  tf.registerBackend(backendName, () => new BackendWasm(engine));
  for (const kernel of tf.getKernelsForBackend('wasm')) {
    tf.registerKernel({ ...kernel, backendName });
  }
  await tf.setBackend(backendName);
}
