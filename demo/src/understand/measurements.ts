/** What the held-out digits say, before anything was taught and after each class. */
import { effect, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { Accuracy } from '../model-thread/protocol.ts';
import { classes, phase } from '../page/state.ts';
import { thread } from '../page/thread.ts';

export interface Measurement {
  readonly title: string;
  readonly accuracy: Accuracy;
}

export const measurements = signal<readonly Measurement[]>([]);
/** 0 to 1 while it is measured; null otherwise. */
export const progress = signal<number | null>(null);
export const problem = signal('');

/** Somebody who teaches goes on in a moment. */
const restMilliseconds = 600;

let isRunning = false;
let isWanted = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Classes that were taught, when it was last measured. */
let measured: readonly string[] = [];

/** Measures now and after each change. */
export function beginMeasuring(): () => void {
  return effect(() => {
    if (phase.value !== 'ready' || classes.value.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void measure(), measurements.peek().length ? restMilliseconds : 0);
  });
}

async function measure(): Promise<void> {
  isWanted = true;
  if (isRunning) return;
  isRunning = true;
  try {
    while (isWanted) {
      isWanted = false;
      if (measurements.value.length === 0) {
        add({ title: 'As it came', accuracy: await ask('as it came') });
        if (classes.value.every(({ learned }) => learned === 0)) continue;
      }
      const known = classes.value.filter(({ learned }) => learned !== 0).map(({ label }) => label);
      const accuracy = await ask('now');
      const fresh = known.filter((label) => !measured.includes(label));
      const gone = measured.filter((label) => !known.includes(label));
      add({ title: titleOf(fresh, gone), accuracy }, fresh.length + gone.length === 0);
      measured = known;
    }
    problem.value = '';
  } catch (error) {
    problem.value = (error as Error).message;
  } finally {
    isRunning = false;
    progress.value = null;
  }
}

function titleOf(fresh: readonly string[], gone: readonly string[]): string {
  if (fresh.length > 0) return `After ${listOf(fresh)}`;
  return gone.length > 0 ? `Without ${listOf(gone)}` : 'Now';
}

function listOf(labels: readonly string[]): string {
  return labels.length > 2 ? `${labels.length} classes` : labels.join(' and ');
}

/** @param isSame whether no class came or went, so that it takes the place of the last */
function add(measurement: Measurement, isSame = false): void {
  const before = measurements.value;
  const last = before.at(-1);
  measurements.value =
    isSame && last && before.length > 1
      ? [...before.slice(0, -1), { ...measurement, title: last.title }]
      : [...before, measurement];
}

function ask(which: 'as it came' | 'now'): Promise<Accuracy> {
  return thread.measure(
    which,
    proxy((share: number) => {
      progress.value = share;
    }),
  );
}
