/** The engines in a browser; time-in-chromium.ts calls this function in this page. */
/// <reference types="vite/client" />
import tfjsWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import onnxWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { env } from 'onnxruntime-web/wasm';
import { startTfjs } from '../../../sdk/src/backend/tfjs/start-tfjs.ts';
import kernelsUrl from '../../../sdk/wasm/kernels.wasm?url';
import relaxedKernelsUrl from '../../../sdk/wasm/kernels-relaxed.wasm?url';
import { onnxEngine } from '../onnx-engine.ts';
import { sampleNetwork } from '../sample-network.ts';
import { simdEngines } from '../simd-engine.ts';
import { tfjsEngine } from '../tfjs-engine.ts';
import { type Timings, timeEngines } from '../time-engines.ts';

declare global {
  /** @param limitModule read-limit.ts, compiled, byte by byte */
  var timeInPage: (limitModule: readonly number[]) => Promise<Timings>;
}

globalThis.timeInPage = async (limitModule) => {
  await startTfjs(() => WebAssembly.compileStreaming(fetch(tfjsWasm)));
  env.wasm.wasmPaths = { wasm: onnxWasm };
  const snapshot = sampleNetwork();
  const [kernels, relaxedKernels] = await Promise.all(
    [kernelsUrl, relaxedKernelsUrl].map((url) => WebAssembly.compileStreaming(fetch(url))),
  );
  const engines = [
    ...simdEngines(snapshot, kernels as WebAssembly.Module, relaxedKernels as WebAssembly.Module),
    tfjsEngine(snapshot),
    await onnxEngine(snapshot),
  ];
  return timeEngines(engines, snapshot, Uint8Array.from(limitModule));
};
