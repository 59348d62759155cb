/** The second thread: computes its half of each job, and spins or sleeps in between. */
import { workerData } from 'node:worker_threads';
import { Half, job, type SharedWork, slot } from './half.ts';

const half = new Half(workerData as SharedWork, 1);
const { control } = half;
for (let done = 0; ; done++) {
  while (Atomics.load(control, slot.job) === done) {
    if (Atomics.load(control, slot.asleep) === 1) Atomics.wait(control, slot.job, done);
  }
  const kind = Atomics.load(control, slot.kind);
  if (kind === job.stop) break;
  if (kind === job.sample) half.sample();
  else half.product();
}
