/** Runs a case in a worker, and answers why it failed, or null. */
import { runCaseHere, type StoreKind } from './run-case-here.ts';

globalThis.onmessage = async ({ data }: MessageEvent<{ kind: StoreKind; name: string }>) => {
  const failure = await runCaseHere(data.kind, data.name).then(
    () => null,
    (error) => String(error.stack),
  );
  globalThis.postMessage(failure);
};
