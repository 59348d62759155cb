/** The model's thread, as the page speaks to it: every call is a message, every answer a promise. */
import { type Remote, wrap } from 'comlink';
import type { ModelThread } from '../model-thread/protocol.ts';

export const thread: Remote<ModelThread> = wrap<ModelThread>(
  new Worker(new URL('../model-thread/worker.ts', import.meta.url), { type: 'module' }),
);
