/** What people can do on the page. Whatever fails says so, and changes nothing. */
import { batch } from '@preact/signals';
import { proxy } from 'comlink';
import type { News, Step } from '../model-thread/protocol.ts';
import {
  classes,
  facts,
  failure,
  isOnline,
  notice,
  phase,
  reading,
  steps,
  subject,
  sync,
  taughtAs,
} from './state.ts';
import { thread } from './thread.ts';

export async function open(): Promise<void> {
  try {
    const opened = await thread.open(proxy(hear));
    watchNetwork();
    batch(() => {
      facts.value = opened;
      phase.value = 'ready';
    });
  } catch (error) {
    failure.value = reasonOf(error);
    phase.value = 'failed';
  }
}

/** What is shown now is read, and read anew when the model changed. */
export async function read(): Promise<void> {
  if (phase.value !== 'ready') return;
  const image = subject.value;
  try {
    const answer = image && (await thread.read(image));
    // It may have been wiped away meanwhile.
    if (subject.value === image) reading.value = answer;
  } catch (error) {
    notice.value = reasonOf(error);
  }
}

/** @returns whether it was learned */
export async function teach(label: string): Promise<boolean> {
  const image = subject.value;
  if (!image) return false;
  const isDone = await run(async () => note(await thread.teach(image, label)));
  if (isDone && subject.value === image) taughtAs.value = label;
  if (isDone) askToKeep();
  return isDone;
}

export const unlearn = (label?: string): Promise<boolean> =>
  run(async () => {
    note(await thread.unlearn(label));
    taughtAs.value = null;
  });

export const renameClass = (from: string, to: string): Promise<boolean> =>
  run(async () => note(await thread.renameClass(from, to)));

export const forgetClass = (label: string): Promise<boolean> =>
  run(async () => {
    note(await thread.forgetClass(label));
    taughtAs.value = null;
  });

export const reset = (): Promise<boolean> => run(() => thread.reset());

export const useKey = (key: string | null): Promise<boolean> => run(() => thread.useKey(key));

export const syncNow = (): Promise<boolean> => run(() => thread.sync());

export const exportModel = (): Promise<boolean> =>
  run(async () => {
    const file = new Blob([(await thread.export()) as BlobPart]);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `${facts.value?.spec.name ?? 'model'}.safetensors`;
    link.click();
    // Not at once: the browser may not have begun to read it.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });

export const importModel = (file: File): Promise<boolean> =>
  run(async () => thread.import(new Uint8Array(await file.arrayBuffer())));

let isAsked = false;

/** Asks the browser not to clear what was taught when the disk gets full: only a page can. */
function askToKeep(): void {
  if (isAsked) return;
  isAsked = true;
  // Where it refuses, all is kept until there is no room.
  navigator.storage?.persist?.().catch(() => {});
}

/** What was taught without a network is brought home when there is one, or somebody comes back. */
function watchNetwork(): void {
  const look = (): void => {
    isOnline.value = navigator.onLine;
    if (isOnline.value && document.visibilityState === 'visible') void syncNow();
  };
  addEventListener('online', look);
  addEventListener('offline', look);
  document.addEventListener('visibilitychange', look);
}

async function run(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    notice.value = '';
    return true;
  } catch (error) {
    notice.value = reasonOf(error);
    return false;
  }
}

function hear(news: News): void {
  batch(() => {
    if (news.sync) sync.value = news.sync;
    if (news.step) note(news.step);
    if (news.facts) facts.value = news.facts;
    if (news.classes) classes.value = news.classes;
  });
  if (news.classes) void read();
}

function note(step: Step): void {
  steps.value = [step, ...steps.value.filter(({ done }) => done !== step.done)].slice(0, 6);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
