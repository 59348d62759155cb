/** Starts tfjs in Node, from the `.wasm` file in its installed package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startTfjs } from './start-tfjs.ts';

const wasmPath = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
const crashEvents = ['uncaughtException', 'unhandledRejection'] as const;

let started: Promise<void> | undefined;

/** @throws HffError `backend/unavailable` */
export function startTfjsInNode(): Promise<void> {
  started ??= withoutCrashListeners(() => startTfjs(compile)).catch((cause: unknown) => {
    started = undefined;
    throw cause;
  });
  return started;
}

async function compile(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve(wasmPath);
  return WebAssembly.compile(await readFile(path));
}

/**
 * Emscripten's start-up hangs listeners on the process that rethrow every uncaught error from its
 * own minified line; the user's program must keep its own error reports.
 */
async function withoutCrashListeners(start: () => Promise<void>): Promise<void> {
  const before = crashEvents.map((event) => new Set(process.rawListeners(event)));
  try {
    await start();
  } finally {
    crashEvents.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i]?.has(listener)) process.removeListener(event, listener as () => void);
      }
    });
  }
}
