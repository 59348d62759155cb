/** Starts tfjs in Node, from the `.wasm` file in its installed package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startTfjs } from '../../sdk/src/backend/tfjs/start-tfjs.ts';

const wasmPath = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';

let started: Promise<void> | undefined;

export function startTfjsInNode(): Promise<void> {
  started ??= startTfjs(compile);
  return started;
}

async function compile(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve(wasmPath);
  return WebAssembly.compile(await readFile(path));
}
