/** Our own engine, warmed up while the script starts, as the documentation advises. */
import { loadModel, warmUp } from '@hff-edge/sdk/worker';
import { answerWith, type TimedWorker } from './answer.ts';

await warmUp();

const worker: TimedWorker = answerWith(async (bytes, sample) =>
  (await loadModel(bytes)).classify(sample),
);

export default worker;
