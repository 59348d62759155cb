/** CPU time of a process from Linux's scheduler, in nanoseconds where `/proc/<pid>/stat` has ticks. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

export interface CpuTime {
  /** Of the thread that runs JavaScript, ms. */
  readonly main: number;
  /** Of all threads: V8 compiles and collects garbage on others too, ms. */
  readonly all: number;
}

/** A thread's time is exact while it sleeps. */
const quietMs = 30;

/** CPU time since the process's start, read when it has nothing left to do. */
export async function settledCpuTime(pid: number): Promise<CpuTime> {
  for (let before = await readCpuTime(pid); ; ) {
    await setTimeout(quietMs);
    const now = await readCpuTime(pid);
    if (now.all === before.all) return now;
    before = now;
  }
}

async function readCpuTime(pid: number): Promise<CpuTime> {
  const tasks = `/proc/${pid}/task`;
  const times = await Promise.all(
    (await readdir(tasks)).map(async (thread): Promise<[string, number]> => {
      const [nanoseconds] = (await readFile(`${tasks}/${thread}/schedstat`, 'utf8')).split(' ');
      return [thread, Number(nanoseconds) / 1e6];
    }),
  );
  return {
    main: new Map(times).get(String(pid)) as number,
    all: times.reduce((sum, [, ms]) => sum + ms, 0),
  };
}

export function difference(later: CpuTime, earlier: CpuTime): CpuTime {
  return { main: later.main - earlier.main, all: later.all - earlier.all };
}
