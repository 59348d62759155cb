/** The engines in a browser; time-in-chromium.ts calls this function in this page. */
/// <reference types="vite/client" />
import tfjsWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import onnxWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { env } from 'onnxruntime-web/wasm';
import { startTfjs } from '../../../sdk/src/backend/tfjs/start-tfjs.ts';
import extraUrl from '../../../sdk/wasm/extra.wasm?url';
import kernelsUrl from '../../../sdk/wasm/kernels.wasm?url';
import relaxedKernelsUrl from '../../../sdk/wasm/kernels-relaxed.wasm?url';
import { type Timings, timeEngines } from '../time-engines.ts';
import type { WorkloadName } from '../workloads.ts';

declare global {
  /** @param limitModule read-limit.ts, compiled, byte by byte */
  var timeInPage: (name: WorkloadName, limitModule: readonly number[]) => Promise<Timings>;
}

const compile = (url: string): Promise<WebAssembly.Module> =>
  WebAssembly.compileStreaming(fetch(url));

globalThis.timeInPage = async (name, limitModule) => {
  await startTfjs(() => compile(tfjsWasm));
  env.wasm.wasmPaths = { wasm: onnxWasm };
  return timeEngines(name, {
    kernels: await compile(kernelsUrl),
    relaxedKernels: await compile(relaxedKernelsUrl),
    extraKernels: await compile(extraUrl),
    limitModule: Uint8Array.from(limitModule),
  });
};
