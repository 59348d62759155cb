/** Threads of layers in browsers: web workers, which bundlers find by the literal address. */
import { inlinedExtraKernels, inlinedKernels } from '../backend/simd/inlined-kernels.ts';
import type { StartThread } from '../train/layer-pipeline.ts';
import { reachLayer } from './reach-layer.ts';

export const startWebThread: StartThread = async (start) => {
  const compiled = { kernels: await inlinedKernels(), extra: await inlinedExtraKernels() };
  const worker = new Worker(new URL('./web-layer-thread.js', import.meta.url), { type: 'module' });
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(message || 'it does not start')),
    );
  });
  died.catch(() => {});
  const thread = { endpoint: worker, died, end: () => worker.terminate() };
  return reachLayer(thread, compiled, start);
};
