/** Starts tfjs in Node, from the `.wasm` file in its installed package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startTfjs } from './start-tfjs.ts';

const wasmPath = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
const crashEvents = ['uncaughtException', 'unhandledRejection'] as const;

/** @throws HffError `backend/unavailable` */
export async function startTfjsInNode(): Promise<void> {
  const path = createRequire(import.meta.url).resolve(wasmPath);
  const module = await WebAssembly.compile(await readFile(path));
  await withoutCrashListeners(() => startTfjs(module));
}

/**
 * Emscripten's start-up hangs listeners on the process that rethrow every uncaught error from its
 * own minified line; the user's program must keep its own error reports.
 */
async function withoutCrashListeners(start: () => Promise<void>): Promise<void> {
  const before = crashEvents.map((event) => new Set(process.rawListeners(event)));
  await start();
  crashEvents.forEach((event, i) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[i]?.has(listener)) process.removeListener(event, listener as () => void);
    }
  });
}
