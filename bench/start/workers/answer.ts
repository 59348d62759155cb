/**
 * The Worker that is timed, whatever engine it has: the model's bytes are in the isolate from the
 * beginning, everything else happens in the request. `/control` does the same work on HTTP alone.
 */
import type { Classification } from '../../../sdk/src/classification.ts';

interface Env {
  /** A model's file. */
  readonly MODEL: ArrayBuffer;
}

export interface TimedWorker {
  fetch(request: Request, env: Env): Promise<Response>;
}

/** What a request does from nothing: engine, model, answer. */
export type Classify = (model: Uint8Array, sample: Uint8Array) => Promise<Classification>;

/** The label of an answer without a classification. */
export const noLabel = 'none';

export function answerWith(classify: Classify): TimedWorker {
  return {
    async fetch(request, { MODEL }) {
      const sample = new Uint8Array(await request.arrayBuffer());
      const control = new URL(request.url).pathname === '/control';
      const model = new Uint8Array(MODEL);
      const answer = control ? emptyAnswer(touch(model)) : await classify(model, sample);
      return Response.json(answer);
    },
  };
}

/** As long as a classification of digits. */
export function emptyAnswer(margin: number): Classification {
  const scores = Array.from({ length: 10 }, (_, i) => ({ label: String(i), score: 1 / (i + 3) }));
  return { label: noLabel, scores, margin, familiarity: 1, unknown: false };
}

const pageBytes = 4096;

/** Reads some of each page of memory, since bytes that a Worker has from KV have just been written. */
function touch(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += pageBytes) sum += bytes[i] as number;
  return sum;
}
