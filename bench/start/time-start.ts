/** One start: a fresh workerd, and the first request in it that classifies. */
import { setTimeout } from 'node:timers/promises';
import { median } from '../statistics.ts';
import { type CpuTime, difference } from './cpu-time.ts';
import { type Answer, startWorkerd, type Workerd } from './workerd.ts';

/** Requests that warm the way through HTTP, and those whose time is subtracted after that. */
const warming = 8;
const controls = 9;

/** Between requests, so that each finds workerd asleep for as long as the one that is timed. */
const pauseMs = 30;

export interface Start {
  /** From sending the request to the end of its answer. */
  readonly ms: number;
  /** CPU time of the request. */
  readonly cpu: CpuTime;
  /** CPU time of workerd before that, until it listens: itself and the Worker's script. */
  readonly launch: CpuTime;
}

/**
 * The first classification where HTTP is warm, less the same request without it.
 * @param label that the answer must have
 */
export function timeStart(config: string, sample: Uint8Array, label: string): Promise<Start> {
  return inFreshWorkerd(config, async (workerd) => {
    const launch = await workerd.cpuTime();
    const control = async (): Promise<number> => {
      await setTimeout(pauseMs);
      return (await workerd.post('/control', sample)).ms;
    };
    for (let i = 0; i < warming; i++) await control();
    const warm = await workerd.cpuTime();
    const idle: number[] = [];
    for (let i = 0; i < controls; i++) idle.push(await control());
    const before = await workerd.cpuTime();
    const answer = await workerd.post('/classify', sample);
    const after = await workerd.cpuTime();
    checkLabel(answer, label);
    const idleCpu = difference(before, warm);
    const cpu = difference(after, before);
    return {
      ms: answer.ms - median(idle),
      cpu: { main: cpu.main - idleCpu.main / controls, all: cpu.all - idleCpu.all / controls },
      launch,
    };
  });
}

/** The very first request, where nothing is warm. */
export function timeFirstRequest(
  config: string,
  path: string,
  sample: Uint8Array,
  label: string,
): Promise<Start> {
  return inFreshWorkerd(config, async (workerd) => {
    const launch = await workerd.cpuTime();
    const answer = await workerd.post(path, sample);
    const after = await workerd.cpuTime();
    checkLabel(answer, label);
    return { ms: answer.ms, cpu: difference(after, launch), launch };
  });
}

async function inFreshWorkerd<T>(
  config: string,
  use: (workerd: Workerd) => Promise<T>,
): Promise<T> {
  const workerd = await startWorkerd(config);
  try {
    return await use(workerd);
  } finally {
    await workerd.stop();
  }
}

/** The label comes first in what the Workers answer, whatever is around it. */
function checkLabel({ status, text }: Answer, label: string): void {
  if (status === 200 && /"label":"([^"]*)"/.exec(text)?.[1] === label) return;
  throw new Error(`Expected the label ${label}, got ${status} ${text.slice(0, 200)}.`);
}
