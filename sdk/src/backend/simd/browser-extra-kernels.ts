/** In browsers what only images and training need: inlined too, in a part that is loaded later. */
import { deflatedExtra } from '../../../wasm/inline-extra.js';
import { inflate } from './browser-kernels.ts';

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once. */
export function browserExtraKernels(): Promise<WebAssembly.Module> {
  compiled ??= inflate(deflatedExtra).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}
