/** Threads of layers in Node: worker threads. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Endpoint } from 'comlink';
import { nodeExtraKernels, nodeKernels } from '../backend/simd/node-kernels.ts';
import type { StartThread } from '../train/layer-pipeline.ts';
import { reachLayer, type Thread } from './reach-layer.ts';

/** Beside this file, as source and as built. */
const threadFile = new URL(
  import.meta.url.replace(/node-threads(\.[jt]s)$/, 'node-layer-thread$1'),
);

export const startNodeThread: StartThread = async (start) => {
  const compiled = { kernels: await nodeKernels(), extra: await nodeExtraKernels() };
  return reachLayer(startThread(), compiled, start);
};

function startThread(): Thread {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(threadFile, {
    workerData: { port: port2 },
    transferList: [port2],
  });
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('it has ended')));
  });
  died.catch(() => {});
  return {
    endpoint: port1 as unknown as Endpoint,
    died,
    end: () => {
      port1.close();
      worker.terminate();
    },
  };
}
