/** The engines in Node. */
import { readFile } from 'node:fs/promises';
import { startTfjsInNode } from '../../sdk/src/backend/tfjs/start-tfjs-node.ts';
import { onnxEngine } from './onnx-engine.ts';
import { sampleNetwork } from './sample-network.ts';
import { simdEngines } from './simd-engine.ts';
import { tfjsEngine } from './tfjs-engine.ts';
import { type Timings, timeEngines } from './time-engines.ts';

/** @param limitModule read-limit.ts, compiled */
export async function timeInNode(limitModule: BufferSource): Promise<Timings> {
  await startTfjsInNode();
  const snapshot = sampleNetwork();
  const [kernels, relaxedKernels] = await Promise.all([
    compile('kernels'),
    compile('kernels-relaxed'),
  ]);
  const engines = [
    ...simdEngines(snapshot, kernels, relaxedKernels),
    tfjsEngine(snapshot),
    await onnxEngine(snapshot),
  ];
  return timeEngines(engines, snapshot, limitModule);
}

async function compile(name: string): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL(`../../sdk/wasm/${name}.wasm`, import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}
