/** The engines in Node. */
import { startTfjsInNode } from '../../sdk/src/backend/tfjs/start-tfjs-node.ts';
import { onnxEngine } from './onnx-engine.ts';
import { sampleNetwork } from './sample-network.ts';
import { tfjsEngine } from './tfjs-engine.ts';
import { type Timings, timeEngines } from './time-engines.ts';

/** @param limitModule read-limit.ts, compiled */
export async function timeInNode(limitModule: BufferSource): Promise<Timings> {
  await startTfjsInNode();
  const snapshot = sampleNetwork();
  const engines = [tfjsEngine(snapshot), await onnxEngine(snapshot)];
  return timeEngines(engines, snapshot, limitModule);
}
