/** tfjs on WebAssembly, as `docs/tfjs.md` starts it in a Worker. */
import { startTfjs, tfjsBackend } from '@hff-edge/sdk/tfjs';
import { loadModel } from '@hff-edge/sdk/worker';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { answerWith, type TimedWorker } from './answer.ts';

const worker: TimedWorker = answerWith(async (bytes, sample) => {
  await startTfjs(async () => simd);
  return (await loadModel(bytes, { backend: await tfjsBackend() })).classify(sample);
});

export default worker;
