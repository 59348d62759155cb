/** Our own engine, as a Worker of a user has it. */
import { loadModel } from '@hff-edge/sdk/worker';
import { answerWith, type TimedWorker } from './answer.ts';

const worker: TimedWorker = answerWith(async (bytes, sample) =>
  (await loadModel(bytes)).classify(sample),
);

export default worker;
