/** The engines in Node. */
import { startTfjsInNode } from '../../test/support/start-tfjs-node.ts';
import { compileKernels } from '../compile-kernels.ts';
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
    compileKernels('kernels'),
    compileKernels('kernels-relaxed'),
  ]);
  const engines = [
    ...simdEngines(snapshot, kernels, relaxedKernels),
    tfjsEngine(snapshot),
    await onnxEngine(snapshot),
  ];
  return timeEngines(engines, snapshot, limitModule);
}
