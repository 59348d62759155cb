/**
 * What a second thread on a shared memory brings: one sample through 784-1000-1000-1000 (affine maps
 * and ReLU, which are nearly all of it) and one product of a training step, 256 × 1000 × 1000. The
 * second thread either spins between jobs, which costs a whole core, or sleeps.
 */
import { Worker } from 'node:worker_threads';
import { timeInTurns } from './inference/time-in-turns.ts';
import { withSpread } from './statistics.ts';
import { Half, job, slot } from './threads/half.ts';
import { sharedWork } from './threads/shared-work.ts';

export async function measureThreads(): Promise<Record<string, string>[]> {
  const { results, ...work } = await sharedWork();
  const first = new Half(work, 0);
  const { control } = first;
  const worker = new Worker(new URL('threads/worker.ts', import.meta.url), { workerData: work });
  const begin = (kind: number, asleep: boolean): void => {
    Atomics.store(control, slot.asleep, asleep ? 1 : 0);
    Atomics.store(control, slot.kind, kind);
    Atomics.add(control, slot.job, 1);
    Atomics.notify(control, slot.job);
  };
  const rows: Record<string, string>[] = [];
  for (const kind of ['sample', 'product'] as const) {
    const together = (asleep: boolean): void => {
      begin(job[kind], asleep);
      first[kind]();
    };
    first[kind](true);
    const expected = results[kind].slice();
    results[kind].fill(0);
    together(true);
    if (!results[kind].every((value, i) => value === expected[i])) {
      throw new Error(`${kind}: two threads do not compute what one does.`);
    }
    const rivals = {
      one() {
        Atomics.store(control, slot.asleep, 1); // or the other thread would spin beside it
        first[kind](true);
      },
      spinning: () => together(false),
      sleeping: () => together(true),
    };
    const times = (await timeInTurns(rivals, [new Float32Array(0)])) as Times;
    rows.push({ work: kind, ...toColumns(times) });
  }
  begin(job.stop, true);
  await new Promise((resolve) => worker.once('exit', resolve));
  return rows;
}

type Times = Record<'one' | 'spinning' | 'sleeping', number[]>;

function toColumns({ one, spinning, sleeping }: Times): Record<string, string> {
  const gain = (times: number[]) => withSpread(one.map((ms, i) => ms / (times[i] as number)));
  return {
    'one thread, ms': withSpread(one, 3),
    'two, spinning, ms': withSpread(spinning, 3),
    'two, sleeping, ms': withSpread(sleeping, 3),
    'gain, spinning': gain(spinning),
    'gain, sleeping': gain(sleeping),
  };
}
